#pragma once

#include "app/app.h"
#include "net/router.h"
#include "net/server.h"

namespace hoopoe::web {

// Adds every page. The app is borrowed for the life of the router.
void add_routes(net::Router<net::Handler>& router, app::App& app);

}  // namespace hoopoe::web
