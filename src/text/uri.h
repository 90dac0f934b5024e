#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// Addresses by RFC 3986: taken apart, and their characters escaped.
namespace hoopoe::text {

struct Uri {
  std::string scheme;  // lower case, never empty
  std::string user;    // as written, without "@"
  std::string host;    // lower case in ASCII; an IPv6 address without its brackets
  std::optional<std::uint16_t> port;
  std::string path;      // as written, with its "/"
  std::string query;     // as written, without "?"
  std::string fragment;  // as written, without "#"

  friend bool operator==(const Uri&, const Uri&) = default;
};

constexpr std::size_t uri_length_max = 8192;  // bytes; RFC 9110, 4.1 asks for at least 8,000

// An absolute address with an authority ("scheme://host..."). None for anything else: no scheme, no host, a
// port that is no number up to 65535, a space, a control character, "\" or "<" in it, too long.
std::optional<Uri> parse_uri(std::string_view text);

// Whether the text is an absolute address of scheme http or https: the only ones that may become links.
bool is_web_address(std::string_view text);

// All bytes but the unreserved ones, A-Z a-z 0-9 - . _ ~, as "%41": right for one segment of a path, and for
// one name or value of a query.
std::string percent_encode(std::string_view text);

// None when a "%" is not followed by two hexadecimal digits. "+" stays "+". The result may hold any byte.
std::optional<std::string> percent_decode(std::string_view text);

}  // namespace hoopoe::text
