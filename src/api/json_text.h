#pragma once

#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "base/id.h"

// JSON that is text already, so that what many answers hold is written once.
namespace hoopoe::api {

namespace json = boost::json;

inline json::value or_null(const std::string& text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}
template <class Tag>
json::value or_null(Id<Tag> id) {
  return id ? json::value(id.str()) : json::value(nullptr);
}

struct JsonText {
  std::string text;
};

inline JsonText to_text(const json::value& value) { return {json::serialize(value)}; }

// The members of an object, without its braces.
inline std::string members(const json::object& object) {
  const std::string text = json::serialize(object);
  return text.substr(1, text.size() - 2);
}

// Requires: an object with a member.
inline JsonText with_member(JsonText object, std::string_view name, const JsonText& value) {
  object.text.pop_back();
  object.text.append(",\"").append(name).append("\":").append(value.text).append("}");
  return object;
}

// Of a status, most often: so many do not have to move as their list grows.
inline constexpr std::size_t item_bytes = 2'500;

// write(text, item) appends the JSON of one.
template <class Items, class Write>
JsonText array_text(const Items& items, const Write& write) {
  JsonText array;
  array.text.reserve(2 + std::size(items) * item_bytes);
  array.text += '[';
  for (const auto& item : items) {
    if (array.text.size() > 1) array.text += ',';
    write(array.text, item);
  }
  array.text += ']';
  return array;
}

}  // namespace hoopoe::api
