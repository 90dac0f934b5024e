#include "text/uri.h"

#include <algorithm>
#include <charconv>

#include "text/characters.h"

namespace hoopoe::text {

namespace {

constexpr std::size_t none = std::string_view::npos;

bool is_forbidden_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte <= 0x20 || byte == 0x7F || std::string_view("\\<>\"`{}^").find(c) != none;
}

bool is_scheme(std::string_view text) {
  if (text.empty() || !is_ascii_letter(static_cast<unsigned char>(text[0]))) return false;
  return std::ranges::all_of(text, [](char c) {
    return is_ascii_alphanumeric(static_cast<unsigned char>(c)) || c == '+' || c == '-' || c == '.';
  });
}

std::string to_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return lower;
}

// Cuts the part from `sign` on off the end of `rest` and gives it back without the sign.
std::string cut_from(std::string_view& rest, char sign) {
  const std::size_t at = rest.find(sign);
  if (at == none) return "";
  std::string part(rest.substr(at + 1));
  rest = rest.substr(0, at);
  return part;
}

// Fills user, host and port from "user@host:port".
bool read_authority(std::string_view authority, Uri& uri) {
  if (const std::size_t at = authority.rfind('@'); at != none) {
    uri.user = authority.substr(0, at);
    authority.remove_prefix(at + 1);
  }
  const bool is_bracketed = authority.starts_with('[');
  const std::size_t host_end = is_bracketed ? authority.find(']') : authority.find(':');
  if (is_bracketed && host_end == none) return false;
  uri.host = to_lower(is_bracketed ? authority.substr(1, host_end - 1) : authority.substr(0, host_end));
  if (uri.host.empty() || uri.host.find_first_of("[]") != none) return false;
  std::string_view rest = host_end == none ? "" : authority.substr(host_end + (is_bracketed ? 1 : 0));
  if (rest.empty()) return true;
  if (rest.front() != ':') return false;
  rest.remove_prefix(1);
  if (rest.empty()) return true;
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), port);
  if (error != std::errc{} || end != rest.data() + rest.size()) return false;
  uri.port = port;
  return true;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::optional<Uri> parse_uri(std::string_view text) {
  if (text.size() > uri_length_max || std::ranges::any_of(text, is_forbidden_byte)) return std::nullopt;
  const std::size_t colon = text.find("://");
  if (colon == none || !is_scheme(text.substr(0, colon))) return std::nullopt;
  Uri uri;
  uri.scheme = to_lower(text.substr(0, colon));
  std::string_view rest = text.substr(colon + 3);
  uri.fragment = cut_from(rest, '#');
  uri.query = cut_from(rest, '?');
  const std::size_t slash = rest.find('/');
  if (slash != none) uri.path = rest.substr(slash);
  if (!read_authority(rest.substr(0, slash), uri)) return std::nullopt;
  return uri;
}

bool is_web_address(std::string_view text) {
  const auto uri = parse_uri(text);
  return uri && (uri->scheme == "http" || uri->scheme == "https");
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_ascii_alphanumeric(byte) || c == '-' || c == '.' || c == '_' || c == '~') {
      out += c;
    } else {
      out += '%';
      out += digits[byte >> 4];
      out += digits[byte & 0xF];
    }
  }
  return out;
}

std::optional<std::string> percent_decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

}  // namespace hoopoe::text
