#include "text/utf8.h"

#include <gtest/gtest.h>

namespace hoopoe::text {
namespace {

using namespace std::string_view_literals;

TEST(Utf8, text_goes_in_and_comes_out_unchanged) {
  for (const std::string_view text : {""sv, "plain"sv, "می‌خواهم"sv, "👨‍👩‍👧‍👦"sv,
                                      "\0 inside"sv, "\uFFFE\uFFFF"sv}) {
    const auto points = decode(text);
    ASSERT_TRUE(points.has_value()) << text;
    EXPECT_EQ(encode(*points), text);
  }
}

TEST(Utf8, bytes_that_are_no_text_are_refused_with_their_place) {
  const std::pair<std::string_view, std::size_t> cases[] = {
      {"\x80", 0},                // a continuation alone
      {"ab\xC3", 2},              // cut short at the end
      {"ab\xE2\x80 c", 2},        // cut short in the middle
      {"a\xC0\xAF", 1},           // overlong '/'
      {"\xED\xA0\x80", 0},        // a surrogate
      {"ok\xF4\x90\x80\x80", 2},  // above U+10FFFF
      {"\xFF\xFE", 0},
  };
  for (const auto& [bytes, offset] : cases) {
    EXPECT_FALSE(is_valid_utf8(bytes));
    EXPECT_EQ(decode(bytes).error(), Utf8Error{offset});
  }
}

TEST(Utf8, located_points_know_their_bytes_even_between_broken_ones) {
  const Located located = decode_located("a\xFFب", U'?');
  EXPECT_EQ(located.points, U"a?ب");
  EXPECT_EQ(located.offsets, (std::vector<std::size_t>{0, 1, 2, 4}));
}

TEST(Utf8, what_is_no_code_point_is_written_as_a_replacement) {
  std::string out;
  append_utf8(out, static_cast<char32_t>(0xD800));
  append_utf8(out, static_cast<char32_t>(0x110000));
  EXPECT_EQ(out, "\uFFFD\uFFFD");
}

TEST(Utf8, a_beginning_ends_in_an_ellipsis_where_more_follows) {
  EXPECT_EQ(beginning_of("هدهد", 4), "هدهد");
  EXPECT_EQ(beginning_of("هدهد", 2), "هد…");
  EXPECT_EQ(beginning_of("a\xFF", 9), "a\uFFFD");
}

TEST(Utf8, a_family_is_one_grapheme) {
  EXPECT_EQ(count_graphemes(U"👨‍👩‍👧‍👦"), 1);
  EXPECT_EQ(count_graphemes(U"🇮🇷🇮🇷"), 2);
  EXPECT_EQ(count_graphemes(U"e\u0301"), 1);
  EXPECT_EQ(count_graphemes(U""), 0);
}

}  // namespace
}  // namespace hoopoe::text
