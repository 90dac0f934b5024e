#include "api/errors.h"

#include <boost/json.hpp>

#include "api/call.h"
#include "api/routes.h"
#include "app/oauth.h"
#include "base/log.h"
#include "base/refusal.h"

namespace hoopoe::api {

namespace {

json::object details_json(const std::vector<Refusal::Detail>& details) {
  json::object by_field;
  for (const Refusal::Detail& detail : details) {
    json::value& errors = by_field[detail.field];
    if (!errors.is_array()) errors = json::array{};
    errors.as_array().push_back(json::object{{"error", detail.error}, {"description", detail.description}});
  }
  return by_field;
}

net::Response refusal_answer(const Refusal& refusal) {
  // The API says no more of a tombstone.
  if (refusal.kind == RefusalKind::gone) return error_answer(404, "Record not found");
  if (refusal.details.empty()) return error_answer(net::status_of(refusal.kind), refusal.what());
  return answer(json::object{{"error", refusal.what()}, {"details", details_json(refusal.details)}},
                net::status_of(refusal.kind));
}

}  // namespace

net::Response error_answer(int status, const std::string& error, const std::string& description) {
  json::object body{{"error", error}};
  if (!description.empty()) body["error_description"] = description;
  net::Response response = answer(body, status);
  if (status == 503) response.headers.add("Retry-After", "1");
  return response;
}

net::Response method_not_allowed(const std::string& allow) {
  net::Response response = error_answer(405, "This address takes other methods: " + allow);
  response.headers.add("Allow", allow);
  add_cors(response);
  return response;
}

net::Response render_error(const net::Request& request, const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const app::OAuthRefusal& refusal) {
    return error_answer(net::status_of(refusal.kind), refusal.code, refusal.what());
  } catch (const Refusal& refusal) {
    return refusal_answer(refusal);
  } catch (const std::exception& cause) {
    log::error("{} {}: {}", net::name(request.method), request.path, cause.what());
    return error_answer(500, "Something went wrong on our end; it has been logged.");
  }
}

}  // namespace hoopoe::api
