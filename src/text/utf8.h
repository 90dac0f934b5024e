#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

// UTF-8 in and out. Every function takes any bytes and never throws for what they hold.
namespace hoopoe::text {

// Where the first byte stands that is no part of a valid sequence (RFC 3629: no surrogates, no overlong
// forms, nothing above U+10FFFF).
struct Utf8Error {
  std::size_t offset = 0;

  friend bool operator==(Utf8Error, Utf8Error) = default;
};

constexpr char32_t replacement_character = U'\uFFFD';

bool is_valid_utf8(std::string_view text);
std::expected<std::u32string, Utf8Error> decode(std::string_view text);

// Code points that know where they stood: the bytes of points[i] are [offsets[i], offsets[i + 1]).
struct Located {
  std::u32string points;
  std::vector<std::size_t> offsets;
};

// Each byte that is no part of a valid sequence becomes one `stand_in`.
Located decode_located(std::string_view text, char32_t stand_in = replacement_character);

std::string encode(std::u32string_view points);
// The text, or where it has more code points than that, so many of them and an ellipsis.
std::string beginning_of(std::string_view text, std::size_t characters_max);
// A value that is no code point (a surrogate, above U+10FFFF) is written as U+FFFD.
void append_utf8(std::string& out, char32_t point);

// What a reader takes for one character: extended grapheme clusters, UAX #29.
std::size_t count_graphemes(std::u32string_view points);

}  // namespace hoopoe::text
