#include "text/name_scan.h"

#include <string>

#include <gtest/gtest.h>

namespace hoopoe::text {
namespace {

using Names = std::vector<std::u32string>;

Names slices(std::u32string_view text, const std::vector<FoundName>& found) {
  Names names;
  for (const FoundName& name : found) names.emplace_back(text.substr(name.begin, name.end - name.begin));
  return names;
}

Names mentions(std::u32string_view text) { return slices(text, find_mentions(text)); }
Names hashtags(std::u32string_view text) { return slices(text, find_hashtags(text)); }
Names cashtags(std::u32string_view text) { return slices(text, find_cashtags(text)); }

TEST(NameScan, people_of_other_servers_are_mentioned_with_their_host) {
  EXPECT_EQ(mentions(U"@mina@social.example.org."), Names{U"@mina@social.example.org"});
  EXPECT_EQ(mentions(U"@mina.r-z@xn--mgba3a4f16a.example, hi"), Names{U"@mina.r-z@xn--mgba3a4f16a.example"});
  EXPECT_EQ(mentions(U"سلام@mina@example.irجان"), Names{U"@mina@example.ir"});
}

TEST(NameScan, a_host_that_can_not_be_one_makes_no_mention) {
  for (const std::u32string_view text :
       {U"@mina@", U"@mina@localhost", U"@mina@a..ir", U"@mina@-a.ir", U"@mina@a-.ir", U"@mina@a.1r",
        U"@mina@a.i", U"@mina@a.ir@b.ir", U"@mina@a.ir://b"}) {
    EXPECT_EQ(mentions(text), Names{});
  }
}

TEST(NameScan, dots_belong_to_a_name_only_before_a_host) {
  EXPECT_EQ(mentions(U"@mina.r and @mina-r"), (Names{U"@mina", U"@mina"}));
  EXPECT_EQ(mentions(U"@.mina@example.org"), Names{});
}

TEST(NameScan, mail_addresses_mention_nobody) {
  EXPECT_EQ(mentions(U"mina@example.org support@rt"), Names{});
}

TEST(NameScan, a_handle_ends_after_30_characters) {
  const std::u32string longest(30, U'a');
  EXPECT_EQ(mentions(U"@" + longest), Names{U"@" + longest});
  EXPECT_EQ(mentions(U"@" + longest + U"b"), Names{U"@" + longest});
}

TEST(NameScan, full_width_signs_are_signs) {
  EXPECT_EQ(mentions(U"＠mina"), Names{U"＠mina"});
  EXPECT_EQ(hashtags(U"＃شعر"), Names{U"＃شعر"});
}

TEST(NameScan, a_persian_tag_is_one_word_with_its_zwnj_and_ends_at_persian_punctuation) {
  EXPECT_EQ(hashtags(U"«#می‌خواهم»، #کتاب‌ها؟"),
            (Names{U"#می‌خواهم", U"#کتاب‌ها"}));
}

TEST(NameScan, a_sign_inside_a_word_is_none) {
  EXPECT_EQ(hashtags(U"a#b ۱#ب c&#39;"), Names{});
  EXPECT_EQ(hashtags(U"#a#b #a://b ##c"), Names{U"#c"});
}

TEST(NameScan, tickers_are_short_words_of_letters) {
  EXPECT_EQ(cashtags(U"$A $BRK.B $BRK_AB, $TOOLONGX $AB1 a$B"), (Names{U"$A", U"$BRK.B", U"$BRK_AB"}));
  EXPECT_EQ(cashtags(U"$STOCKS.abc"), Names{U"$STOCKS"});
}

TEST(NameScan, hostile_texts_take_linear_time) {
  constexpr std::size_t size = 300000;
  for (const std::u32string_view piece : {U"@", U"@a", U"@a@", U" @a@b", U" @a.", U" @a@-", U" @a@b.", U"#",
                                          U"#1", U" #a", U" #\u200C", U"$", U" $a", U"RT@a"}) {
    std::u32string text;
    while (text.size() < size) text += piece;
    find_mentions(text);
    find_hashtags(text);
    find_cashtags(text);
    find_mentions(U"@a@" + text);
  }
}

}  // namespace
}  // namespace hoopoe::text
