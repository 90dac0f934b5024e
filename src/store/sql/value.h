#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "store/sql/dialect.h"

namespace hoopoe::store::sql {

using Bytes = std::vector<std::byte>;

// A parameter as the engine sees it. It borrows text and bytes for the call; `Owned` is text made for the
// call (a list).
struct Owned {
  std::string text;
};
using Parameter =
    std::variant<std::monostate, std::int64_t, double, std::string_view, std::span<const std::byte>, Owned>;

// The text of one parameter that holds a list of any length but one, for {ids:$n} and {texts:$n}.
std::string list_text(std::span<const std::int64_t> numbers);
std::string list_text(std::span<const std::string_view> texts);

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_id = false;
template <class Tag>
inline constexpr bool is_id<Id<Tag>> = true;

template <class T>
concept Text = std::convertible_to<const T&, std::string_view>;
template <class T>
concept ByteRange = requires(const T& value) {
  { std::as_bytes(std::span(value)) };
  requires sizeof(*std::data(value)) == 1;
  requires std::same_as<std::remove_cvref_t<decltype(*std::data(value))>, std::byte> ||
               std::same_as<std::remove_cvref_t<decltype(*std::data(value))>, unsigned char>;
};
template <class T>
concept IdRange = requires(const T& value) {
  requires is_id<std::remove_cvref_t<decltype(*std::data(value))>>;
  std::size(value);
};
template <class T>
concept EnumRange = requires(const T& value) {
  requires std::is_enum_v<std::remove_cvref_t<decltype(*std::data(value))>>;
  requires !std::same_as<std::remove_cvref_t<decltype(*std::data(value))>, std::byte>;
  std::size(value);
};
template <class T>
concept TextRange = !Text<T> && requires(const T& value) {
  requires Text<std::remove_cvref_t<decltype(*std::data(value))>>;
  std::size(value);
};

template <class T>
inline constexpr bool is_list = IdRange<T> || EnumRange<T> || TextRange<T>;

// Whether each value is a list that holds one.
template <class... Args>
Sql::ListsOfOne lists_of_one(const Args&... args) {
  static_assert(sizeof...(Args) <= Sql::lists_max);
  Sql::ListsOfOne lists = 0;
  unsigned position = 0;
  const auto look_at = [&]<class T>(const T& value) {
    if constexpr (is_list<T>) lists |= Sql::ListsOfOne{std::size(value) == 1} << position;
    ++position;
  };
  (look_at(args), ...);
  return lists;
}

template <class T>
Owned to_list(const T& values) {
  if constexpr (TextRange<T>) {
    const std::vector<std::string_view> texts(std::begin(values), std::end(values));
    return {list_text(texts)};
  } else {
    std::vector<std::int64_t> numbers;
    numbers.reserve(std::size(values));
    for (const auto& value : values) {
      if constexpr (IdRange<T>) {
        numbers.push_back(value.value);
      } else {
        numbers.push_back(static_cast<std::int64_t>(value));
      }
    }
    return {list_text(numbers)};
  }
}

// How each type is kept. An Id that is none is NULL, both ways. A Time is milliseconds since 1970 in UTC. An
// enum is its number: what the database keeps, so give the values numbers and never renumber them. A range of
// bytes is bytes; a range of ids, enums or texts is one list parameter, or its value where it holds one.
template <class T>
Parameter to_parameter(const T& value) {
  if constexpr (is_optional<T>) {
    static_assert(!is_list<typename T::value_type>, "a list that is not there is an empty one");
    return value ? to_parameter(*value) : Parameter{};
  } else if constexpr (std::same_as<T, std::nullopt_t> || std::same_as<T, std::nullptr_t>) {
    return {};
  } else if constexpr (is_id<T>) {
    return value ? Parameter{value.value} : Parameter{};
  } else if constexpr (std::same_as<T, Time>) {
    return to_milliseconds(value);
  } else if constexpr (std::is_enum_v<T>) {
    return static_cast<std::int64_t>(value);
  } else if constexpr (std::floating_point<T>) {
    return static_cast<double>(value);
  } else if constexpr (std::integral<T>) {
    static_assert(sizeof(T) < 8 || std::is_signed_v<T>, "a 64-bit unsigned number does not fit the engine");
    return static_cast<std::int64_t>(value);
  } else if constexpr (Text<T>) {
    return std::string_view(value);
  } else if constexpr (ByteRange<T>) {
    return std::as_bytes(std::span(value));
  } else if constexpr (is_list<T>) {
    return std::size(value) == 1 ? to_parameter(*std::begin(value)) : to_list(value);
  } else {
    static_assert(is_list<T>, "this type has no place in a statement");
  }
}

}  // namespace hoopoe::store::sql
