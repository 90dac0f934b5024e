#include "api/call.h"

#include <algorithm>
#include <array>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/ensure.h"
#include "base/id.h"
#include "base/refusal.h"

namespace hoopoe::api {

namespace {

constexpr std::array<std::string_view, 3> cursor_names{"max_id", "since_id", "min_id"};

// As the client wrote it, so that a tag in any script stays encoded; what may not stand in a Link header is
// encoded here.
std::string as_sent(std::string_view text) {
  constexpr std::string_view delimiters = "\"<>\\^`{|}";
  std::string kept;
  for (const char c : text) {
    if (c > ' ' && c < 0x7f && delimiters.find(c) == std::string_view::npos) {
      kept += c;
    } else {
      kept += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return kept;
}

// The request's own query without its cursors: the rest of the next page's.
std::string query_without_cursors(std::string_view query) {
  std::string kept;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    const std::string_view name = pair.substr(0, pair.find('='));
    if (!pair.empty() && std::ranges::find(cursor_names, name) == cursor_names.end()) {
      kept.append(as_sent(pair)).append("&");
    }
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return kept;
}

std::int64_t cursor(const Call& call, std::string_view name) {
  const std::string_view text = call.parameter(name);
  if (text.empty()) return 0;
  if (text == "0") return 1;
  const auto id = Id<struct CursorTag>::parse(text);
  if (!id) throw Refusal(RefusalKind::bad_request, fmt::format("{} is not an id.", name));
  return id->value;
}

}  // namespace

const app::Actor& Call::user() const {
  ensure(actor.has_value(), "a route for users has one");
  return *actor;
}

std::string_view Call::parameter(std::string_view name) const { return parameters.get(name).value_or(""); }

std::int64_t require_id(std::string_view text) {
  const auto id = Id<struct AnyTag>::parse(text);
  if (!id) throw Refusal(RefusalKind::not_found, "Record not found");
  return id->value;
}

Page page_of(const Call& call, PageLimits limits) {
  const std::int64_t limit = call.parameters.integer("limit").value_or(limits.normal);
  return {.max_id = cursor(call, "max_id"),
          .since_id = cursor(call, "since_id"),
          .min_id = cursor(call, "min_id"),
          .limit = static_cast<int>(std::clamp<std::int64_t>(limit, 1, limits.max))};
}

net::Response answer(JsonText json, int status) {
  net::Response response{.status = status};
  response.headers.add("Content-Type", "application/json; charset=utf-8");
  response.body = std::move(json.text);
  return response;
}

net::Response answer(const json::value& value, int status) { return answer(to_text(value), status); }

net::Response answer_page(const Call& call, JsonText json, const std::vector<std::int64_t>& covered) {
  net::Response response = answer(std::move(json));
  if (covered.empty()) return response;
  const std::string_view target = call.request.target;
  const std::string base = call.app.public_url + as_sent(target.substr(0, target.find('?'))) + "?" +
                           query_without_cursors(call.request.query);
  response.headers.add("Link", fmt::format("<{0}max_id={1}>; rel=\"next\", <{0}min_id={2}>; rel=\"prev\"",
                                           base, covered.back(), covered.front()));
  return response;
}

}  // namespace hoopoe::api
