#include "text/characters.h"

#include <algorithm>
#include <span>
#include <string_view>

#include <utf8proc.h>

namespace hoopoe::text {

namespace {

struct Span {
  char32_t first;
  char32_t last;
};

bool is_in(std::span<const Span> spans, char32_t c) {
  return std::ranges::any_of(spans, [c](Span span) { return c >= span.first && c <= span.last; });
}

utf8proc_category_t category(char32_t c) { return utf8proc_category(static_cast<utf8proc_int32_t>(c)); }

// twitter-text LATIN_ACCENTS.
constexpr Span latin_accents[] = {{0xC0, 0xD6},   {0xD8, 0xF6},   {0xF8, 0x24F},  {0x253, 0x254},
                                  {0x256, 0x257}, {0x259, 0x259}, {0x25B, 0x25B}, {0x263, 0x263},
                                  {0x268, 0x268}, {0x26F, 0x26F}, {0x272, 0x272}, {0x289, 0x289},
                                  {0x28B, 0x28B}, {0x2BB, 0x2BB}, {0x300, 0x36F}, {0x1E00, 0x1EFF}};
// Unicode Scripts.txt, sc=Cyrillic.
constexpr Span cyrillic[] = {{0x400, 0x484},   {0x487, 0x52F},   {0x1C80, 0x1C88}, {0x1D2B, 0x1D2B},
                             {0x1D78, 0x1D78}, {0x2DE0, 0x2DFF}, {0xA640, 0xA69F}, {0xFE2E, 0xFE2F}};
// Unicode Blocks.txt: Arabic, its Supplement and Extended-A and -B, Presentation Forms A and B.
constexpr Span arabic[] = {
    {0x600, 0x6FF}, {0x750, 0x77F}, {0x870, 0x8FF}, {0xFB50, 0xFDFF}, {0xFE70, 0xFEFC}};

// twitter-text HASHTAG_SPECIAL_CHARS: joiners that stand inside words of some script.
constexpr std::u32string_view tag_joiners =
    U"_\u200C\u200D\uA67E\u05BE\u05F3\u05F4\uFF5E\u301C\u309B\u309C\u30A0\u30FB\u3003\u0F0B\u0F0C\u00B7";

}  // namespace

bool is_unseen(char32_t c) {
  constexpr char32_t object_replacement = 0xFFFC;
  if (c == object_replacement) return true;
  switch (category(c)) {
    case UTF8PROC_CATEGORY_CC:
      return !is_space(c);
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_ME:
      return true;
    default:
      return false;
  }
}

bool is_mark(char32_t c) { return category(c) == UTF8PROC_CATEGORY_MN; }

bool is_latin_accent(char32_t c) { return c >= 0xC0 && is_in(latin_accents, c); }
bool is_cyrillic(char32_t c) { return c >= 0x400 && is_in(cyrillic, c); }

bool is_arabic_word_character(char32_t c) {
  if (c == 0x200C) return true;
  if (c < 0x600 || !is_in(arabic, c)) return false;
  return is_tag_letter(c) || category(c) == UTF8PROC_CATEGORY_ND;
}

bool is_dash(char32_t c) { return c == U'-' || (c >= 0x80 && category(c) == UTF8PROC_CATEGORY_PD); }

bool is_tag_letter(char32_t c) {
  if (c < 0x80) return is_ascii_letter(c);
  switch (category(c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
      return true;
    default:
      return false;
  }
}

bool is_tag_character(char32_t c) {
  if (c < 0x80) return is_handle_character(c);
  return is_tag_letter(c) || category(c) == UTF8PROC_CATEGORY_ND || tag_joiners.contains(c);
}

bool is_host_character(char32_t c) {
  return !is_control(c) && !is_ascii_punctuation(c) && !is_space(c) && !is_bidi_control(c) &&
         !is_forbidden(c);
}

}  // namespace hoopoe::text
