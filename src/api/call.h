#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/json_text.h"
#include "app/actor.h"
#include "app/app.h"
#include "domain/page.h"
#include "net/http.h"
#include "net/parameters.h"
#include "net/task.h"

namespace hoopoe::api {

class StreamEncoders;

// One call of the API: who asks, and with what. Lives until it is answered.
struct Call {
  app::App& app;
  const StreamEncoders& encoders;
  const net::Request& request;
  net::Parameters parameters;
  std::string token;                // "" for none; a stream asks with it again
  std::optional<app::Actor> actor;  // as its token says

  app::Viewer viewer() const { return actor ? actor->account : app::anonymous; }
  // Requires: a route with Access::user.
  const app::Actor& user() const;
  // "" when it was not sent.
  std::string_view parameter(std::string_view name) const;
};

// The id in the path, or in a parameter. Refusal{not_found} for what is no id, as for one that nobody has.
std::int64_t require_id(std::string_view text);
template <class IdType>
IdType path_id(const Call& call, std::string_view name = "id") {
  return IdType{require_id(call.request.capture(name))};
}
template <class IdType>
std::vector<IdType> parameter_ids(const Call& call, std::string_view name) {
  std::vector<IdType> ids;
  for (const std::string_view text : call.parameters.all(name)) {
    if (const auto id = IdType::parse(text)) ids.push_back(*id);
  }
  return ids;
}

struct PageLimits {
  int normal;
  int max;
};
inline constexpr PageLimits post_limits{page_limit_default, page_limit_max};
inline constexpr PageLimits account_limits{accounts_page_limit_default, accounts_page_limit_max};

// max_id, since_id, min_id and limit of the request; a limit beyond the bounds is brought inside, and 0,
// which some apps start from, is below every id.
Page page_of(const Call& call, PageLimits limits = post_limits);

net::Response answer(JsonText json, int status = 200);
net::Response answer(const json::value& value, int status = 200);
// With the Link header for the pages before and after, where there may be any. `covered` are the ids of this
// page, newest first.
net::Response answer_page(const Call& call, JsonText json, const std::vector<std::int64_t>& covered);

template <class IdType>
std::vector<std::int64_t> numbers(const std::vector<IdType>& ids) {
  std::vector<std::int64_t> values;
  values.reserve(ids.size());
  for (const IdType id : ids) values.push_back(id.value);
  return values;
}

}  // namespace hoopoe::api
