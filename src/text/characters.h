#pragma once

#include <cstdint>

// The classes of characters that the rules for entities speak of. Where a class comes from twitter-text 3.1
// (Apache License 2.0), the rule is that library's; the tables are Unicode's own, by utf8proc.
namespace hoopoe::text {

constexpr bool is_ascii_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
constexpr bool is_ascii_letter(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }
constexpr bool is_ascii_alphanumeric(char32_t c) { return is_ascii_letter(c) || is_ascii_digit(c); }
constexpr char32_t ascii_lower(char32_t c) { return c >= U'A' && c <= U'Z' ? c + (U'a' - U'A') : c; }
constexpr bool is_ascii_punctuation(char32_t c) {
  return (c >= 0x21 && c <= 0x2F) || (c >= 0x3A && c <= 0x40) || (c >= 0x5B && c <= 0x60) ||
         (c >= 0x7B && c <= 0x7E);
}

constexpr bool is_at_sign(char32_t c) { return c == U'@' || c == U'＠'; }
constexpr bool is_hash_sign(char32_t c) { return c == U'#' || c == U'＃'; }

// [A-Za-z0-9_], what a handle of our own is made of.
constexpr bool is_handle_character(char32_t c) { return is_ascii_alphanumeric(c) || c == U'_'; }

// Unicode White_Space, with U+180E as twitter-text has it.
constexpr bool is_space(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 || c == 0x180E ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

// Marks, embeddings, overrides and isolates: characters that only steer direction (UAX #9).
constexpr bool is_bidi_control(char32_t c) {
  return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069);
}

// Never allowed in a post: a byte order mark, and two values that are no characters.
constexpr bool is_forbidden(char32_t c) { return c == 0xFFFE || c == 0xFEFF || c == 0xFFFF; }

constexpr bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

// What a reader sees nothing of, whatever stands around it: controls, format characters, what is no character
// at all or a private one, the place of an object, and the marks that enclose a letter.
bool is_unseen(char32_t c);
// A mark that does not stand by itself (Unicode Mn): an accent here, a vowel in other scripts.
bool is_mark(char32_t c);

// Latin letters with accents, and the combining accents; the signs × and ÷ are none.
bool is_latin_accent(char32_t c);
bool is_cyrillic(char32_t c);
// Letters, vowel marks and digits of the Arabic script, and the ZWNJ that Persian words hold.
bool is_arabic_word_character(char32_t c);
// Hyphens and dashes of all lengths (Unicode Pd).
bool is_dash(char32_t c);

// What a hashtag must have one of: letters and marks of every script.
bool is_tag_letter(char32_t c);
// What a hashtag may hold: letters, marks, digits, and joiners such as "_", ZWNJ and "・".
bool is_tag_character(char32_t c);

// What a label of a host name may hold besides "-" and "_".
bool is_host_character(char32_t c);

}  // namespace hoopoe::text
