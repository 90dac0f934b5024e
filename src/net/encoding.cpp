#include "net/encoding.h"

#include <cstddef>
#include <cstdint>

namespace hoopoe::net {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// How many bytes a character takes that starts with this one, and between what its second byte has to be: the
// table of RFC 3629, section 4. Size 0: no character starts so.
struct Lead {
  std::size_t size;
  std::uint8_t second_min = 0x80, second_max = 0xbf;
};

Lead lead_of(std::uint8_t byte) {
  if (byte >= 0xc2 && byte <= 0xdf) return {2};
  if (byte == 0xe0) return {3, 0xa0};
  if (byte == 0xed) return {3, 0x80, 0x9f};
  if (byte >= 0xe1 && byte <= 0xef) return {3};
  if (byte == 0xf0) return {4, 0x90};
  if (byte >= 0xf1 && byte <= 0xf3) return {4};
  if (byte == 0xf4) return {4, 0x80, 0x8f};
  return {0};
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text, Plus plus) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_digit(text[i + 1]);
      const int low = hex_digit(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      decoded += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      decoded += text[i] == '+' && plus == Plus::space ? ' ' : text[i];
    }
  }
  return decoded;
}

bool is_clean_utf8(std::string_view text) {
  const auto byte_at = [&](std::size_t at) { return static_cast<std::uint8_t>(text[at]); };
  for (std::size_t i = 0; i < text.size();) {
    const auto first = byte_at(i);
    if (first == 0) return false;
    if (first < 0x80) {
      ++i;
      continue;
    }
    const Lead lead = lead_of(first);
    if (lead.size == 0 || i + lead.size > text.size()) return false;
    if (byte_at(i + 1) < lead.second_min || byte_at(i + 1) > lead.second_max) return false;
    for (std::size_t k = 2; k < lead.size; ++k) {
      if ((byte_at(i + k) & 0xc0) != 0x80) return false;
    }
    i += lead.size;
  }
  return true;
}

}  // namespace hoopoe::net
