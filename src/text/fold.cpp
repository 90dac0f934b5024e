#include "text/fold.h"

#include "text/normalize.h"
#include "text/utf8.h"

namespace hoopoe::text {

namespace {

// Arabic vowel signs, the maddah and hamza that decomposition split off, Quranic marks, superscript alef,
// tatweel.
bool is_dropped(char32_t c) {
  return c == 0x640 || c == 0x670 || (c >= 0x610 && c <= 0x61A) || (c >= 0x64B && c <= 0x65F) ||
         (c >= 0x6D6 && c <= 0x6DC) || (c >= 0x6DF && c <= 0x6E4) || c == 0x6E7 || c == 0x6E8 ||
         (c >= 0x6EA && c <= 0x6ED) || (c >= 0x8D3 && c <= 0x8FF && c != 0x8E2);
}

char32_t persian_form(char32_t c) {
  switch (c) {
    case U'ي':
    case U'ى':
    case U'ۍ':
    case U'ې':
      return U'ی';
    case U'ك':
    case U'ڪ':
      return U'ک';
    case U'ة':
    case U'ہ':
    case U'ۃ':
    case U'ھ':
    case U'ە':
      return U'ه';
    case U'ٱ':
    case U'ٲ':
    case U'ٳ':
      return U'ا';
    default:
      break;
  }
  if (c >= U'۰' && c <= U'۹') return U'0' + (c - U'۰');
  if (c >= U'٠' && c <= U'٩') return U'0' + (c - U'٠');
  return c;
}

}  // namespace

std::string fold(std::string_view text) {
  std::u32string folded;
  for (const char32_t c : to_nfkd_casefold(decode_located(text).points)) {
    if (!is_dropped(c)) folded.push_back(persian_form(c));
  }
  return encode(to_nfc(folded));
}

}  // namespace hoopoe::text
