#include "main/site.h"

#include "api/errors.h"
#include "app/photos.h"
#include "base/refusal.h"
#include "net/gzip.h"
#include "web/errors.h"
#include "web/routes.h"

namespace hoopoe {

namespace {

// Other origins may call the API, and nothing else.
net::Response options_answer(const net::Request& request, const std::string& allow) {
  if (api::is_api_path(request.path)) return api::preflight(allow);
  net::Response response{.status = 204};
  response.headers.add("Allow", allow);
  return response;
}

bool is_change(const net::Request& request) {
  return request.method != net::Method::get && request.method != net::Method::head &&
         request.method != net::Method::options;
}

// What the store has come to, for answers that are made of nothing else. None while a commit is on its way:
// some may see it already, and others not yet.
std::optional<net::Version> version_of(const store::Database& db) {
  const auto announced = db.changes().announced();
  return db.changes().newest() == announced ? std::optional(announced) : std::nullopt;
}

}  // namespace

Site::Site(app::App& app, std::vector<std::string> hosts)
    : app_(app), hosts_(std::move(hosts)), limits_(app.clock) {
  api::add_routes(router_, app_, limits_);
  web::add_routes(router_, app_);
}

net::Task<net::Response> Site::answer(net::Request& request) {
  if (!net::is_one_of(hosts_, request.host)) {
    throw Refusal(RefusalKind::misdirected, "This server does not answer to that host name.");
  }
  const bool for_anyone = net::AnswerCache::may_serve(request);
  const auto version = version_of(app_.db);
  if (for_anyone && version) {
    if (auto kept = answers_.find(request, *version)) co_return *std::move(kept);
  }
  if (is_change(request) && app_.db.is_busy()) co_return render_error(request, store::sql::refusal_to_save());
  net::Response response = co_await route(request);
  if (for_anyone) response = answers_.keep(request, version, std::move(response));
  net::compress(request, response);
  co_return response;
}

net::Task<net::Response> Site::route(net::Request& request) {
  auto match = router_.find(request.method, request.path);
  request.captures = std::move(match.captures);
  if (match.route != nullptr) co_return co_await (*match.route)(request);
  if (match.routing == net::Routing::options) co_return options_answer(request, match.allow);
  const bool of_api = api::is_api_path(request.path);
  if (match.routing == net::Routing::method_not_allowed) {
    co_return of_api ? api::method_not_allowed(match.allow)
                     : web::method_not_allowed_page(app_, request, match.allow);
  }
  if (!of_api) co_return web::not_found_page(app_, request);
  throw Refusal(RefusalKind::not_found, "Record not found");
}

net::BodyAllowance Site::body_allowance(const net::Request& request) const {
  // What a form says beside its photos. Four of a phone are well below two of the largest.
  if (const PersonId person = api::uploader(app_, request)) {
    return {.bytes_max = app::photo_bytes_max + text_bytes_max, .holder = person.str()};
  }
  if (const PersonId person = web::uploader(app_, request)) {
    return {.bytes_max = 2 * app::photo_bytes_max + text_bytes_max, .holder = person.str()};
  }
  return {.bytes_max = text_bytes_max, .holder = ""};
}

std::chrono::milliseconds Site::wait_max(const net::Request& request) {
  constexpr std::chrono::milliseconds change{20};
  constexpr std::chrono::milliseconds personal{40};
  constexpr std::chrono::milliseconds everyone{100};
  if (net::AnswerCache::may_serve(request)) return everyone;
  return is_change(request) ? change : personal;
}

net::Response Site::render_error(const net::Request& request, const std::exception_ptr& error) const {
  if (!api::is_api_path(request.path)) return web::render_error(app_, request, error);
  net::Response response = api::render_error(request, error);
  api::add_cors(response);
  return response;
}

}  // namespace hoopoe
