#include "text/fold.h"

#include <gtest/gtest.h>

namespace hoopoe::text {
namespace {

void expect_same(std::string_view one, std::string_view other) {
  EXPECT_EQ(fold(one), fold(other)) << one << " " << other;
}
void expect_apart(std::string_view one, std::string_view other) {
  EXPECT_NE(fold(one), fold(other)) << one << " " << other;
}

TEST(Fold, case_and_width_do_not_matter) {
  expect_same("Right", "rIGHT");
  expect_same("STRASSE", "straße");
  expect_same("ＨＯＯＰＯＥ", "hoopoe");
  expect_same("ΣΊΣΥΦΟΣ", "σίσυφος");
}

TEST(Fold, arabic_and_persian_keyboards_write_the_same_word) {
  expect_same("علي", "علی");
  expect_same("موسى", "موسی");
  expect_same("كتاب", "کتاب");
  expect_same("مدرسة", "مدرسه");
  expect_same("أحمد", "احمد");
  expect_same("إيران", "ایران");
  expect_same("آزادی", "ازادی");
  expect_same("رئيس", "رییس");
  expect_same("مؤمن", "مومن");
  expect_same("خانۀ", "خانه");
}

TEST(Fold, marks_that_are_often_left_out_do_not_count) {
  expect_same("مُحَمَّد", "محمد");
  expect_same("ســـلام", "سلام");
  expect_same("رَحْمٰن", "رحمن");
  expect_same("می‌خواهم", "میخواهم");
  expect_same("سلا\u202Bم", "سلام");
}

TEST(Fold, presentation_forms_are_their_letters) {
  expect_same("ﻻ", "لا");
  expect_same("ﺳﻼﻡ", "سلام");
}

TEST(Fold, digits_are_equal_in_three_scripts) {
  EXPECT_EQ(fold("۱۴۰۴"), "1404");
  EXPECT_EQ(fold("١٤٠٤"), "1404");
  EXPECT_EQ(fold("１４"), "14");
}

TEST(Fold, different_words_stay_apart) {
  expect_apart("cafe", "café");
  expect_apart("شیر", "سیر");
  expect_apart("گل", "کل");
  expect_apart("جزء", "جز");
  expect_apart("a b", "ab");
}

TEST(Fold, twice_is_once) {
  for (const std::string_view text :
       {"ﷺ", "İstanbul", "ᾳ\u0301", "e\u0327\u0301", "ٲ", "ﬃ", "각", "\u0344", "a\u0345\u0323", "ٵ"}) {
    EXPECT_EQ(fold(fold(text)), fold(text)) << text;
  }
}

TEST(Fold, broken_bytes_are_taken) { EXPECT_EQ(fold("A\xFF"), "a\uFFFD"); }

}  // namespace
}  // namespace hoopoe::text
