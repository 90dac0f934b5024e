#include "domain/handle.h"

#include <algorithm>
#include <array>

namespace hoopoe {

namespace {

// First path segments, names of authority and names that mail systems answer to (RFC 2142).
constexpr std::array reserved_handles{
    "abuse",      "about",         "account",       "accounts", "admin",    "administrator", "anonymous",
    "api",        "auth",          "demo",          "explore",  "everyone", "health",        "help",
    "home",       "hoopoe",        "hostmaster",    "info",     "inbox",    "instance",      "live",
    "login",      "logout",        "mailer_daemon", "media",    "mod",      "moderator",     "nobody",
    "noreply",    "notifications", "null",          "oauth",    "official", "operator",      "outbox",
    "postmaster", "privacy",       "public",        "register", "root",     "rules",         "search",
    "security",   "server",        "settings",      "sign_in",  "sign_out", "sign_up",       "signin",
    "signup",     "static",        "support",       "system",   "tags",     "terms",         "undefined",
    "verified",   "webmaster",     "well_known",    "www",
};

bool is_handle_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

}  // namespace

std::expected<std::string, HandleError> parse_handle(std::string_view text) {
  if (text.empty()) return std::unexpected(HandleError::blank);
  if (text.size() > handle_characters_max) return std::unexpected(HandleError::too_long);
  if (!std::ranges::all_of(text, is_handle_character)) return std::unexpected(HandleError::bad_character);
  if (std::ranges::find(reserved_handles, handle_key(text)) != reserved_handles.end())
    return std::unexpected(HandleError::reserved);
  return std::string(text);
}

std::string_view describe(HandleError error) {
  switch (error) {
    case HandleError::blank:
      return "can't be blank";
    case HandleError::too_long:
      return "is too long (maximum is 30 characters)";
    case HandleError::bad_character:
      return "must contain only letters, numbers and underscores";
    case HandleError::reserved:
      return "is reserved";
  }
  return "is invalid";
}

std::string handle_key(std::string_view handle) {
  std::string key(handle);
  for (char& c : key) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return key;
}

std::optional<Address> parse_address(std::string_view text) {
  if (text.starts_with("acct:")) text.remove_prefix(5);
  if (text.starts_with('@')) text.remove_prefix(1);
  const std::size_t at = text.find('@');
  Address address{.handle = std::string(text.substr(0, at)),
                  .domain = at == std::string_view::npos ? "" : handle_key(text.substr(at + 1))};
  if (address.handle.empty() || (at != std::string_view::npos && address.domain.empty())) return std::nullopt;
  return address;
}

std::string write_address(std::string_view handle, std::string_view domain) {
  std::string address(handle);
  return domain.empty() ? address : address.append("@").append(domain);
}

}  // namespace hoopoe
