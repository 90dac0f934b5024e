#pragma once

#include <span>
#include <string_view>

#include "api/call.h"
#include "net/rate_limit.h"
#include "net/router.h"
#include "net/server.h"

namespace hoopoe::api {

// Who may call.
enum class Access {
  anyone,  // a token is not needed; a bad one is refused all the same
  app,     // any token
  user,    // a token that acts as an account
};

struct Route {
  net::Method method;
  std::string_view pattern;
  Access access;
  std::string_view scope;  // that a token must hold, also where none is needed and one was sent; "" for none
  net::Task<net::Response> (*answer)(Call&);
};

// The whole table.
std::span<const Route> routes();

// What is shared by all calls, for the life of the process.
struct Limits {
  explicit Limits(const Clock& clock);
  net::RateLimiter calls;          // by account, and by address without one
  net::RateLimiter app_calls;      // with tokens of an app alone, by app, besides
  net::RateLimiter deletions;      // delete and undo repost, by account
  net::RateLimiter registrations;  // sign-up and apps, by address
};

// Adds every route, each behind its token, scope and rate limit. app and limits live as long as the router.
void add_routes(net::Router<net::Handler>& router, app::App& app, Limits& limits);

// Who brings a photo, and so may send a large body; none where it is no upload. Refusal{unauthorized} or
// {forbidden} to whoever may not upload, before the body is read.
PersonId uploader(app::App& app, const net::Request& request);

// Paths that the API answers, known or not: errors there are JSON, and CORS is open.
bool is_api_path(std::string_view path);
void add_cors(net::Response& response);
net::Response preflight(const std::string& allow);

}  // namespace hoopoe::api
