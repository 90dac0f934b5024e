#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "net/http.h"

namespace hoopoe::net {

enum class Routing {
  found,
  not_found,           // 404
  method_not_allowed,  // 405: `allow` says which are
  options,             // OPTIONS on a path that has no handler of its own for it
};

// The patterns of a route table, as a tree of segments: which pattern a path matches, as a number.
class RouteTree {
 public:
  struct Found {
    Routing routing = Routing::not_found;
    std::size_t route = 0;  // what add() gave; when found
    Captures captures;      // when found
    std::string allow;      // "GET, HEAD, OPTIONS"; when the path is known and not found for this method
  };

  RouteTree();
  ~RouteTree();
  RouteTree(RouteTree&&) noexcept;
  RouteTree& operator=(RouteTree&&) noexcept;

  std::size_t add(Method method, std::string_view pattern);
  Found find(Method method, std::string_view path) const;

 private:
  struct Node;

  std::unique_ptr<Node> root_;
  std::vector<std::vector<std::string>> capture_names_;  // by route
};

// From (method, path) to a T: a handler, with its scope and its limits.
//
// A pattern is segments between slashes. In one segment, ":name" captures one or more characters, between
// literal text before and after it: "/api/v1/accounts/:id", "/@:handle/:id", "/@:handle.rss". The more
// literal segment wins, whatever the order of adding; the path decides first and the method then, so a 405 is
// certain. Names of captures may differ between patterns of one shape. A slash at the end is a different
// path.
template <class T>
class Router {
 public:
  struct Match {
    Routing routing = Routing::not_found;
    const T* route = nullptr;  // lives as long as the router; null unless found
    Captures captures;
    std::string allow;  // for the Allow header; with method_not_allowed and options
  };

  // Requires: the pattern starts with "/", and method and pattern aren't there yet.
  void add(Method method, std::string_view pattern, T route) {
    tree_.add(method, pattern);
    routes_.push_back(std::make_unique<T>(std::move(route)));
  }

  // HEAD finds GET where it has no route of its own. Paths are those of Request::path.
  Match find(Method method, std::string_view path) const {
    auto found = tree_.find(method, path);
    return {.routing = found.routing,
            .route = found.routing == Routing::found ? routes_[found.route].get() : nullptr,
            .captures = std::move(found.captures),
            .allow = std::move(found.allow)};
  }

 private:
  RouteTree tree_;
  std::vector<std::unique_ptr<T>> routes_;
};

}  // namespace hoopoe::net
