#include "text/bidi.h"

#include "text/characters.h"
#include "text/utf8.h"

namespace hoopoe::text {

namespace {

// Check marks, ticked boxes and what is drawn like one: the "not" check mark, the Aegean one, the root sign.
constexpr std::u32string_view check_marks = U"✓✔☑✅🗸🗹🮱⍻𐄂√";

// Characters that show nothing and join nothing: soft hyphen, zero-width space, word joiner and the invisible
// operators, Hangul fillers.
bool is_blank(char32_t c) {
  return c == 0xAD || c == 0x34F || c == 0x200B || (c >= 0x2060 && c <= 0x2064) || c == 0x3164 || c == 0xFFA0;
}

bool is_dropped(char32_t c) {
  return is_bidi_control(c) || is_forbidden(c) || is_blank(c) || (is_control(c) && !is_space(c));
}

bool is_variation_selector(char32_t c) { return c == 0xFE0E || c == 0xFE0F; }
bool is_joiner(char32_t c) { return c == 0x200C || c == 0x200D; }

}  // namespace

std::string isolate_names_and_links(std::string_view text, std::span<const Entity> entities) {
  std::string out;
  std::size_t at = 0;
  for (const Entity& entity : entities) {
    if (entity.kind != EntityKind::mention && entity.kind != EntityKind::link) continue;
    const auto [begin, end] = entity.bytes;
    out.append(text.substr(at, begin - at)).append(isolate_left_to_right);
    out.append(text.substr(begin, end - begin)).append(end_of_isolate);
    at = end;
  }
  return out.append(text.substr(at));
}

std::string strip_bidi_controls(std::string_view text) {
  std::u32string points = decode_located(text).points;
  std::erase_if(points, is_bidi_control);
  return encode(points);
}

std::string clean_display_name(std::string_view name) {
  std::u32string cleaned;
  bool is_after_check_mark = false;
  for (const char32_t c : decode_located(name).points) {
    if (is_dropped(c)) continue;
    // "✔️" goes with the selector that colours it.
    if (check_marks.contains(c) || (is_after_check_mark && is_variation_selector(c))) {
      is_after_check_mark = true;
      continue;
    }
    is_after_check_mark = false;
    const bool is_at_word_start = cleaned.empty() || cleaned.back() == U' ';
    if (is_space(c)) {
      if (!is_at_word_start) cleaned.push_back(U' ');
    } else if (!is_at_word_start || !(is_joiner(c) || is_variation_selector(c))) {
      cleaned.push_back(c);
    }
  }
  while (!cleaned.empty() && (cleaned.back() == U' ' || is_joiner(cleaned.back()))) cleaned.pop_back();
  return encode(cleaned);
}

}  // namespace hoopoe::text
