#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace hoopoe {

constexpr int handle_characters_max = 30;

enum class HandleError { blank, too_long, bad_character, reserved };

// What a new account may be called: [A-Za-z0-9_]{1,30} and not a name that this site needs for itself.
// Shown as typed; unique without case (see handle_key).
std::expected<std::string, HandleError> parse_handle(std::string_view text);
std::string_view describe(HandleError error);

// Handles that differ only in case are the same handle.
std::string handle_key(std::string_view handle);

// "jack", "@jack", "jack@example.org" or "acct:jack@example.org"; the domain is empty when it is not given.
struct Address {
  std::string handle;
  std::string domain;
};
std::optional<Address> parse_address(std::string_view text);
// "jack", or "jack@example.org" where there is a domain.
std::string write_address(std::string_view handle, std::string_view domain);

}  // namespace hoopoe
