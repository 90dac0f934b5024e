#pragma once

#include <charconv>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace hoopoe {

// A number that names one thing of one kind, so that a PostId never passes for an AccountId:
//   using PostId = Id<struct PostTag>;
// Values are positive and fit 63 bits; 0 is "none". On the wire they are decimal strings (Mastodon clients
// parse them as integers, and sort by them).
template <class Tag>
struct Id {
  std::int64_t value = 0;

  friend auto operator<=>(Id, Id) = default;
  explicit operator bool() const { return value != 0; }
  std::string str() const { return std::to_string(value); }

  // Decimal digits only, no sign, no leading zero, 1 to 2^63-1; anything else is no id.
  static std::optional<Id> parse(std::string_view text) {
    Id id;
    if (text.empty() || text.front() < '1' || text.front() > '9') return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id.value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return id;
  }
};

}  // namespace hoopoe

template <class Tag>
struct std::hash<hoopoe::Id<Tag>> {
  std::size_t operator()(hoopoe::Id<Tag> id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
