#include "text/bidi.h"

#include <gtest/gtest.h>

namespace hoopoe::text {
namespace {

TEST(Bidi, every_control_goes_and_every_word_stays) {
  EXPECT_EQ(strip_bidi_controls(
                "a\u061Cb\u200Ec\u200Fd\u202Ae\u202Bf\u202Cg\u202Dh\u202Ei\u2066j\u2067k\u2068l\u2069m"),
            "abcdefghijklm");
  EXPECT_EQ(strip_bidi_controls("می‌خواهم"), "می‌خواهم");
  EXPECT_EQ(strip_bidi_controls("a\xFF"), "a\uFFFD");
}

TEST(Bidi, a_name_can_not_reorder_its_line) {
  EXPECT_EQ(clean_display_name("Mina\u202E gnirtson"), "Mina gnirtson");
  EXPECT_EQ(clean_display_name("\u2067حسن\u2069 روحانی"), "حسن روحانی");
}

TEST(Bidi, a_name_can_not_give_itself_a_badge) {
  for (const char* name :
       {"Mina ✓", "Mina ✔️", "☑ Mina", "✅Mina✅", "Mina 🗸", "🗹 Mina", "Mi√na", "Mina\u200D✔\uFE0F\u200C"}) {
    EXPECT_EQ(clean_display_name(name), "Mina") << name;
  }
}

TEST(Bidi, a_name_is_one_line_with_single_spaces) {
  EXPECT_EQ(clean_display_name("  Mina\n\t R.\u00A0\u3000 "), "Mina R.");
  EXPECT_EQ(clean_display_name(std::string_view("Mi\0na\x7F\u0085", 8)), "Mina");
}

TEST(Bidi, a_name_of_nothing_is_empty) {
  for (const char* name :
       {"", " ", "\u200B\u2060", "\u3164", "\u200C\u200D", "\u202E\u202C", "✔️ ✔️", "\uFEFF"}) {
    EXPECT_EQ(clean_display_name(name), "") << name;
  }
}

TEST(Bidi, joiners_inside_words_and_emoji_stay) {
  EXPECT_EQ(clean_display_name("نیم‌فاصله"), "نیم‌فاصله");
  EXPECT_EQ(clean_display_name("👨‍👩‍👧 ❤️"), "👨‍👩‍👧 ❤️");
}

TEST(Bidi, names_and_links_stand_in_isolates) {
  const std::string text = "@mina سلام https://example.org #بهار";
  EXPECT_EQ(isolate_names_and_links(text, find_entities(text)),
            "\u2066@mina\u2069 سلام \u2066https://example.org\u2069 #بهار");
  EXPECT_EQ(isolate_names_and_links("plain", {}), "plain");
}

}  // namespace
}  // namespace hoopoe::text
