#include "net/router.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "base/ensure.h"

namespace hoopoe::net {
namespace {

// One segment of a pattern: literal text, or a capture between two literals.
struct Segment {
  std::string_view before, name, after;
  bool captures = false;
};

bool is_name_char(char c) { return c == '_' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

Segment parse_segment(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return {.before = text};
  const auto rest = text.substr(colon + 1);
  const auto end = std::ranges::find_if_not(rest, is_name_char);
  const auto name = std::string_view(rest.begin(), end);
  const auto after = rest.substr(name.size());
  ensure(!name.empty() && !after.contains(':'), "a segment of a pattern has one named capture at most");
  return {.before = text.substr(0, colon), .name = name, .after = after, .captures = true};
}

// Takes the next segment off the front of a path; the path then starts with "/" again or is empty.
std::string_view next_segment(std::string_view& path) {
  path.remove_prefix(1);
  const auto segment = path.substr(0, path.find('/'));
  path.remove_prefix(segment.size());
  return segment;
}

constexpr auto no_route = static_cast<std::size_t>(-1);

}  // namespace

struct RouteTree::Node {
  struct Capture {
    std::string before, after;
    std::unique_ptr<Node> node;

    bool matches(std::string_view segment) const {
      return segment.size() > before.size() + after.size() && segment.starts_with(before) &&
             segment.ends_with(after);
    }
  };

  std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
  std::vector<Capture> captures;  // the most literal first
  std::array<std::size_t, method_count> routes;

  Node() { routes.fill(no_route); }

  std::size_t& at(Method method) { return routes[static_cast<std::size_t>(method)]; }

  bool empty() const {
    return std::ranges::all_of(routes, [](std::size_t route) { return route == no_route; });
  }

  Node& child(const Segment& segment) {
    if (!segment.captures) {
      auto& node = literals[std::string(segment.before)];
      if (!node) node = std::make_unique<Node>();
      return *node;
    }
    for (auto& capture : captures) {
      if (capture.before == segment.before && capture.after == segment.after) return *capture.node;
    }
    const auto literal_size = [](const Capture& capture) {
      return capture.before.size() + capture.after.size();
    };
    Capture added{std::string(segment.before), std::string(segment.after), std::make_unique<Node>()};
    const auto place = std::ranges::find_if(
        captures, [&](const Capture& other) { return literal_size(other) < literal_size(added); });
    return *captures.insert(place, std::move(added))->node;
  }

  // The node that the path ends at, with what was captured on the way; null if there is none. Tries the more
  // literal branch first and comes back when that leads nowhere.
  Node* find(std::string_view path, std::vector<std::string_view>& captured) {
    if (path.empty()) return empty() ? nullptr : this;
    const auto segment = next_segment(path);
    if (const auto literal = literals.find(segment); literal != literals.end()) {
      if (auto* node = literal->second->find(path, captured)) return node;
    }
    for (const auto& capture : captures) {
      if (!capture.matches(segment)) continue;
      const auto inner = segment.size() - capture.before.size() - capture.after.size();
      captured.push_back(segment.substr(capture.before.size(), inner));
      if (auto* node = capture.node->find(path, captured)) return node;
      captured.pop_back();
    }
    return nullptr;
  }

  std::string allow() {
    std::string list;
    for (int i = 0; i < method_count; ++i) {
      const auto method = static_cast<Method>(i);
      const bool served = at(method) != no_route || method == Method::options ||
                          (method == Method::head && at(Method::get) != no_route);
      if (served) list.append(list.empty() ? "" : ", ").append(name(method));
    }
    return list;
  }
};

RouteTree::RouteTree() : root_(std::make_unique<Node>()) {}
RouteTree::~RouteTree() = default;
RouteTree::RouteTree(RouteTree&&) noexcept = default;
RouteTree& RouteTree::operator=(RouteTree&&) noexcept = default;

std::size_t RouteTree::add(Method method, std::string_view pattern) {
  ensure(pattern.starts_with('/'), "a pattern starts with a slash");
  std::vector<std::string> names;
  Node* node = root_.get();
  while (!pattern.empty()) {
    const auto segment = parse_segment(next_segment(pattern));
    if (segment.captures) names.emplace_back(segment.name);
    node = &node->child(segment);
  }
  auto& route = node->at(method);
  ensure(route == no_route, "a method and a pattern are added once");
  route = capture_names_.size();
  capture_names_.push_back(std::move(names));
  return route;
}

RouteTree::Found RouteTree::find(Method method, std::string_view path) const {
  if (!path.starts_with('/')) return {};
  std::vector<std::string_view> captured;
  Node* node = root_->find(path, captured);
  if (node == nullptr) return {};
  auto route = node->at(method);
  if (route == no_route && method == Method::head) route = node->at(Method::get);
  if (route == no_route) {
    const auto routing = method == Method::options ? Routing::options : Routing::method_not_allowed;
    return {.routing = routing, .allow = node->allow()};
  }
  Captures captures;
  for (std::size_t i = 0; i < captured.size(); ++i) {
    captures.emplace_back(capture_names_[route][i], captured[i]);
  }
  return {.routing = Routing::found, .route = route, .captures = std::move(captures)};
}

}  // namespace hoopoe::net
