#include "text/utf8.h"

#include <utf8proc.h>

namespace hoopoe::text {

namespace {

struct Step {
  char32_t point = 0;
  std::size_t size = 0;  // 0: the bytes here are no valid sequence
};

Step step_at(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) return {first, 1};
  // Four bytes are the longest sequence; the library reads no further than it is told.
  const std::string_view window = text.substr(at, 4);
  utf8proc_int32_t point = 0;
  const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(window.data()),
                                     static_cast<utf8proc_ssize_t>(window.size()), &point);
  if (size <= 0) return {};
  return {static_cast<char32_t>(point), static_cast<std::size_t>(size)};
}

// Calls visit(point) for each code point; stops at the first byte that is not valid.
template <class Visit>
std::expected<void, Utf8Error> walk(std::string_view text, Visit visit) {
  for (std::size_t at = 0; at < text.size();) {
    const Step step = step_at(text, at);
    if (step.size == 0) return std::unexpected(Utf8Error{at});
    visit(step.point);
    at += step.size;
  }
  return {};
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
  return walk(text, [](char32_t) {}).has_value();
}

std::expected<std::u32string, Utf8Error> decode(std::string_view text) {
  std::u32string points;
  points.reserve(text.size());
  const auto walked = walk(text, [&](char32_t point) { points.push_back(point); });
  if (!walked) return std::unexpected(walked.error());
  return points;
}

Located decode_located(std::string_view text, char32_t stand_in) {
  Located located;
  located.points.reserve(text.size());
  located.offsets.reserve(text.size() + 1);
  for (std::size_t at = 0; at < text.size();) {
    const Step step = step_at(text, at);
    located.points.push_back(step.size == 0 ? stand_in : step.point);
    located.offsets.push_back(at);
    at += step.size == 0 ? 1 : step.size;
  }
  located.offsets.push_back(text.size());
  return located;
}

std::string encode(std::u32string_view points) {
  std::string out;
  out.reserve(points.size());
  for (const char32_t point : points) append_utf8(out, point);
  return out;
}

void append_utf8(std::string& out, char32_t point) {
  if (!utf8proc_codepoint_valid(static_cast<utf8proc_int32_t>(point))) point = replacement_character;
  utf8proc_uint8_t bytes[4];
  const auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(point), bytes);
  out.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

std::string beginning_of(std::string_view text, std::size_t characters_max) {
  std::u32string points = decode_located(text).points;
  if (points.size() <= characters_max) return encode(points);
  points.resize(characters_max);
  return encode(points += U'…');
}

std::size_t count_graphemes(std::u32string_view points) {
  if (points.empty()) return 0;
  std::size_t count = 1;
  utf8proc_int32_t state = 0;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const auto before = static_cast<utf8proc_int32_t>(points[i - 1]);
    const auto after = static_cast<utf8proc_int32_t>(points[i]);
    if (utf8proc_grapheme_break_stateful(before, after, &state)) ++count;
  }
  return count;
}

}  // namespace hoopoe::text
