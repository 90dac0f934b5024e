#include "text/characters.h"

#include <gtest/gtest.h>

namespace hoopoe::text {
namespace {

TEST(Characters, signs_of_arithmetic_are_no_latin_accents) {
  EXPECT_TRUE(is_latin_accent(U'é'));
  EXPECT_TRUE(is_latin_accent(U'ǁ'));
  EXPECT_TRUE(is_latin_accent(0x301));
  for (const char32_t c : {U'×', U'÷', U'e', U'я'}) EXPECT_FALSE(is_latin_accent(c));
}

TEST(Characters, a_tag_holds_letters_marks_and_digits_of_every_script) {
  for (const char32_t c : {U'a', U'ß', U'م', U'ً', U'漢', U'ア', U'ผ', U'ู', U'መ', U'𠀡'})
    EXPECT_TRUE(is_tag_letter(c));
  for (const char32_t c : {U'7', U'۷', U'٧', U'_', static_cast<char32_t>(0x200C), U'・', U'〃'}) {
    EXPECT_FALSE(is_tag_letter(c));
    EXPECT_TRUE(is_tag_character(c));
  }
  for (const char32_t c : {U' ', U'-', U'،', U'؟', U'。', U'✌', U'#'}) EXPECT_FALSE(is_tag_character(c));
}

TEST(Characters, arabic_words_hold_zwnj_and_no_punctuation) {
  for (const char32_t c : {U'پ', U'ي', U'ِ', U'۴', U'٤', U'ﻻ', static_cast<char32_t>(0x200C)}) {
    EXPECT_TRUE(is_arabic_word_character(c));
  }
  for (const char32_t c : {U'،', U'؟', U'؛', U'a', static_cast<char32_t>(0x061C)}) {
    EXPECT_FALSE(is_arabic_word_character(c));
  }
}

TEST(Characters, hosts_hold_no_punctuation_space_or_direction) {
  for (const char32_t c : {U'a', U'7', U'あ', U'✪', U'ü'}) EXPECT_TRUE(is_host_character(c));
  for (const char32_t c :
       {U'.', U'-', U'_', U'\\', U' ', static_cast<char32_t>(0xA0), static_cast<char32_t>(0x202E),
        static_cast<char32_t>(0xFEFF), static_cast<char32_t>(7)}) {
    EXPECT_FALSE(is_host_character(c));
  }
}

TEST(Characters, dashes_are_known_by_their_category) {
  for (const char32_t c : {U'-', U'–', U'—'}) EXPECT_TRUE(is_dash(c));
  for (const char32_t c : {U'_', U'~', U'ー'}) EXPECT_FALSE(is_dash(c));
}

TEST(Characters, cyrillic_is_its_own_script) {
  EXPECT_TRUE(is_cyrillic(U'я'));
  EXPECT_FALSE(is_cyrillic(U'y'));
}

}  // namespace
}  // namespace hoopoe::text
