#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parser.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include "base/refusal.h"
#include "net/parameters.h"

namespace hoopoe::net {
namespace {

namespace json = boost::json;

constexpr std::size_t depth_max = 8;  // a push subscription, the deepest of the Mastodon API, has 3

// Containers are taken apart; `name` is the form's name of this value.
void flatten(const json::value& value, const std::string& name, Parameters& into);

void flatten_list(const json::array& list, const std::string& name, Parameters& into) {
  if (list.empty()) into.add_empty_list(name);
  for (std::size_t i = 0; i < list.size(); ++i) {
    const bool plain = !list[i].is_object() && !list[i].is_array();
    flatten(list[i], plain ? name + "[]" : fmt::format("{}[{}]", name, i), into);
  }
}

void flatten_object(const json::object& object, const std::string& name, Parameters& into) {
  for (const auto& [key, inner] : object) {
    const std::string_view text(key.data(), key.size());
    flatten(inner, name.empty() ? std::string(text) : fmt::format("{}[{}]", name, text), into);
  }
}

void flatten(const json::value& value, const std::string& name, Parameters& into) {
  Parameters::check_name(name);
  switch (value.kind()) {
    case json::kind::null:
      return;
    case json::kind::bool_:
      return into.add(name, value.get_bool() ? "true" : "false");
    case json::kind::string:
      return into.add(name, {value.get_string().data(), value.get_string().size()});
    case json::kind::array:
      return flatten_list(value.get_array(), name, into);
    case json::kind::object:
      return flatten_object(value.get_object(), name, into);
    case json::kind::int64:
      return into.add(name, std::to_string(value.get_int64()));
    case json::kind::uint64:
      return into.add(name, std::to_string(value.get_uint64()));
    case json::kind::double_:
      return into.add(name, fmt::format("{}", value.get_double()));
  }
}

}  // namespace

void read_json(std::string_view body, Parameters& into) {
  json::monotonic_resource memory;
  json::parser parser(&memory, {.max_depth = depth_max});
  boost::system::error_code error;
  parser.write(body.data(), body.size(), error);
  if (error == json::error::too_deep) {
    throw Refusal(RefusalKind::bad_request, fmt::format("The JSON is nested more than {} deep.", depth_max));
  }
  if (error) throw Refusal(RefusalKind::bad_request, "The body isn't well-formed JSON.");
  const auto value = parser.release();
  if (!value.is_object())
    throw Refusal(RefusalKind::bad_request, "The JSON has to be an object: {\"name\": ...}.");
  flatten_object(value.get_object(), "", into);
}

}  // namespace hoopoe::net
