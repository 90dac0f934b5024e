#include "text/normalize.h"

#include <gtest/gtest.h>

namespace hoopoe::text {
namespace {

TEST(Normalize, composes_what_has_a_composed_form) {
  EXPECT_EQ(to_nfc("e\u0301"), "é");
  EXPECT_EQ(to_nfc("\u0627\u0653"), "آ");
  EXPECT_EQ(to_nfc("\u1100\u1161\u11A8"), "각");
  EXPECT_EQ(to_nfc("é"), "é");
  EXPECT_EQ(to_nfc(""), "");
}

TEST(Normalize, puts_marks_in_canonical_order_before_composing) {
  EXPECT_EQ(to_nfc("a\u0301\u0323"), to_nfc("a\u0323\u0301"));
  EXPECT_EQ(to_nfc("a\u0323\u0301"), "ạ\u0301");
}

TEST(Normalize, keeps_what_compatibility_alone_would_change) { EXPECT_EQ(to_nfc("ﬁ ①"), "ﬁ ①"); }

TEST(Normalize, refuses_broken_bytes) { EXPECT_EQ(to_nfc("ab\xFF").error(), Utf8Error{2}); }

TEST(Normalize, a_megabyte_of_shuffled_marks_is_no_work_at_all) {
  std::u32string marks;
  for (int i = 0; i < 250000; ++i) marks += U"\u0301\u0323";
  EXPECT_EQ(to_nfc(U"a" + marks).size(), marks.size());
}

TEST(Normalize, folding_leaves_no_case_no_presentation_forms_and_no_ignored_characters) {
  EXPECT_EQ(to_nfkd_casefold(U"STRASSE"), to_nfkd_casefold(U"straße"));
  EXPECT_EQ(to_nfkd_casefold(U"ＡＢＣ"), U"abc");
  EXPECT_EQ(to_nfkd_casefold(U"ﻻ"), U"لا");
  EXPECT_EQ(to_nfkd_casefold(U"می\u200Cشود\u200F\u2067"), U"میشود");
}

}  // namespace
}  // namespace hoopoe::text
