#pragma once

#include <string_view>
#include <vector>

#include "app/app.h"
#include "net/router.h"
#include "net/server.h"

namespace hoopoe::web {

// Adds every page. The app is borrowed for the life of the router.
void add_routes(net::Router<net::Handler>& router, app::App& app);

// Whose form it is that may bring photos; none where it may not, or nobody is signed in.
PersonId uploader(app::App& app, const net::Request& request);

// The table of all pages and forms, for what is true of every one.
struct RoutePattern {
  net::Method method;
  std::string_view pattern;
  bool for_everyone = false;  // whether it answers who is not signed in with more than a way to sign in
};
std::vector<RoutePattern> route_patterns();

}  // namespace hoopoe::web
