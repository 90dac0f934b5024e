#include "text/length.h"

#include <string>

#include <gtest/gtest.h>

namespace hoopoe::text {
namespace {

constexpr std::size_t limit = 140;

const std::string evening =
    "Evening, @Jack. As I told @camanpour, my efforts geared 2 ensure my ppl'll comfortably b able 2 access "
    "all "
    "info globally as is their #right.";

TEST(Length, the_post_of_exactly_140_is_accepted_and_one_more_character_is_not) {
  EXPECT_EQ(tweet_length(evening), 140);
  EXPECT_EQ(app_length("", evening), 140);
  EXPECT_TRUE(fits(evening, "", limit).has_value());
  EXPECT_EQ(fits(evening + "!", "", limit).error(), TextError::too_long);
}

TEST(Length, its_partners_count_the_names_they_begin_with) {
  EXPECT_EQ(
      tweet_length("@HassanRouhani Good evening, President. Are citizens of Iran able to read your tweets?"),
      86);
  EXPECT_EQ(
      tweet_length("@HassanRouhani thank you. Please let us know how we can help to make it a reality."), 82);
}

TEST(Length, counts_code_points_after_composition) {
  EXPECT_EQ(tweet_length("e\u0301"), 1);
  EXPECT_EQ(tweet_length("👨‍👩‍👧‍👦"), 7);
  EXPECT_EQ(tweet_length("می‌خواهم"), 8);
  EXPECT_EQ(tweet_length(""), 0);
}

TEST(Length, a_line_break_is_one_however_a_form_sends_it) {
  EXPECT_EQ(tweet_length("a\r\nb"), 3);
  EXPECT_EQ(app_length("", "a\r\nb"), 3);
  EXPECT_EQ(tweet_length("a\nb"), 3);
}

TEST(Length, every_link_counts_23) {
  EXPECT_EQ(tweet_length("see http://a.ir"), 4 + link_length);
  EXPECT_EQ(tweet_length("see https://example.org/" + std::string(300, 'x')), 4 + link_length);
  EXPECT_EQ(tweet_length("see example.org/page"), 4 + link_length);
  EXPECT_EQ(tweet_length("http://a.ir http://b.ir"), 2 * link_length + 1);
}

TEST(Length, apps_count_graphemes_of_warning_and_text) {
  EXPECT_EQ(app_length("", "👨‍👩‍👧‍👦"), 1);
  EXPECT_EQ(app_length("news", "سلام"), 8);
  EXPECT_EQ(app_length("", "🇮🇷"), 1);
}

TEST(Length, apps_count_no_link_without_a_scheme) {
  EXPECT_EQ(app_length("", "see example.org/page"), 20);
  EXPECT_EQ(app_length("", "see https://example.org/page"), 4 + link_length);
}

TEST(Length, apps_count_a_remote_mention_by_its_name) {
  EXPECT_EQ(app_length("", "@mina@social.example.org hi"), 8);
  EXPECT_EQ(tweet_length("@mina@social.example.org hi"), 27);
}

TEST(Length, either_count_is_enough) {
  const std::string family = "👨‍👩‍👧‍👦";
  std::string families;
  for (int i = 0; i < 140; ++i) families += family;
  EXPECT_TRUE(fits(families, "", limit).has_value());                                // 980 code points
  EXPECT_TRUE(fits("example.org/" + std::string(300, 'x'), "", limit).has_value());  // 312 graphemes
  EXPECT_EQ(fits(families + "!", "", limit).error(), TextError::too_long);
}

TEST(Length, a_content_warning_is_no_free_space) {
  EXPECT_TRUE(fits(std::string(100, 'a'), std::string(40, 'b'), limit).has_value());
  EXPECT_EQ(fits(std::string(100, 'a'), std::string(41, 'b'), limit).error(), TextError::too_long);
}

TEST(Length, forbidden_characters_and_broken_bytes_are_told_apart) {
  for (const char* text : {"a\uFFFE", "\uFEFFa", "a\uFFFFb"}) {
    EXPECT_EQ(tweet_length(text).error(), TextError::forbidden_character);
    EXPECT_EQ(fits("a", text, limit).error(), TextError::forbidden_character);
    EXPECT_EQ(app_length("", text).error(), TextError::forbidden_character);
  }
  EXPECT_EQ(tweet_length("a\xFF").error(), TextError::invalid_utf8);
  EXPECT_EQ(fits("a\xFF", "", limit).error(), TextError::invalid_utf8);
}

}  // namespace
}  // namespace hoopoe::text
