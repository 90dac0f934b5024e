#include "main/site.h"

#include <algorithm>

#include "api/errors.h"
#include "base/refusal.h"

namespace hoopoe {

namespace {

std::string_view without_port(std::string_view host) {
  const std::size_t colon = host.rfind(':');
  const std::size_t bracket = host.rfind(']');
  if (colon == std::string_view::npos || (bracket != std::string_view::npos && colon < bracket)) return host;
  return host.substr(0, colon);
}

}  // namespace

Site::Site(app::App& app, std::vector<std::string> hosts)
    : app_(app), hosts_(std::move(hosts)), limits_(app.clock) {
  api::add_routes(router_, app_, limits_);
}

bool Site::is_ours(std::string_view host) const {
  return std::ranges::find(hosts_, host) != hosts_.end() ||
         std::ranges::find(hosts_, without_port(host)) != hosts_.end();
}

net::Task<net::Response> Site::answer(net::Request& request) {
  if (!is_ours(request.host)) {
    throw Refusal(RefusalKind::misdirected, "This server does not answer to that host name.");
  }
  auto match = router_.find(request.method, request.path);
  request.captures = std::move(match.captures);
  if (match.route != nullptr) co_return co_await (*match.route)(request);
  if (match.routing == net::Routing::options) co_return api::preflight(match.allow);
  if (match.routing == net::Routing::method_not_allowed) {
    net::Response response = api::error_answer(405, "This address takes other methods: " + match.allow);
    response.headers.add("Allow", match.allow);
    co_return response;
  }
  throw Refusal(RefusalKind::not_found, "Record not found");
}

net::Response Site::render_error(const net::Request& request, const std::exception_ptr& error) const {
  return api::render_error(request, error);
}

}  // namespace hoopoe
