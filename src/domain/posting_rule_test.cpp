#include "domain/posting_rule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hoopoe {
namespace {

using std::chrono::hours;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

bool breaks(const PostingRule& rule, std::string_view text, hours age = hours{1000}) {
  return is_broken(rule, traits_of({.text = text}, age));
}

TEST(PostingRule, acts_are_known_by_their_names) {
  for (const RuleAct act : {RuleAct::limit, RuleAct::hold, RuleAct::refuse}) {
    EXPECT_EQ(parse_rule_act(name_of(act)), act);
  }
  EXPECT_EQ(parse_rule_act("erase"), std::nullopt);
  EXPECT_EQ(parse_rule_act(""), std::nullopt);
}

TEST(PostingRule, a_list_is_typed_with_commas_or_line_breaks) {
  EXPECT_THAT(parse_rule_list(" cheap pills,casino\r\n\n,  lottery\t"),
              ElementsAre("cheap pills", "casino", "lottery"));
  EXPECT_THAT(parse_rule_list(" ,\n"), IsEmpty());
}

TEST(PostingRule, words_stand_alone_and_are_compared_as_people_read_them) {
  const PostingRule rule{.words = {"cheap pills", "قرص"}};
  EXPECT_TRUE(breaks(rule, "CHEAP\n  pills!"));
  EXPECT_TRUE(breaks(rule, "ｃｈｅａｐ pills"));
  EXPECT_TRUE(breaks(rule, "#cheap pills"));
  EXPECT_FALSE(breaks(rule, "cheap pillslike"));
  EXPECT_FALSE(breaks(rule, "uncheap pills"));
  EXPECT_FALSE(breaks(rule, "pills are cheap"));
  EXPECT_TRUE(breaks(rule, "فروش قُرص!"));
  EXPECT_FALSE(breaks(rule, "قرصت"));
  EXPECT_TRUE(is_broken(rule, traits_of({.warning = "cheap pills", .text = "look"}, hours{1})));
}

TEST(PostingRule, words_dressed_up_are_the_words_that_people_read) {
  const PostingRule rule{.words = {"casino", "cheap pills", "café"}};
  for (const char* text :
       {"_casino_", "cásino", "c\u0336a\u0336s\u0336i\u0336n\u0336o\u0336", "cheap_pills", "cheap\u2800pills",
        "CAFE", "cafe\u0301", "cas\u0001ino", "cas\u0483ino", "casin\u20DDo", "cas\uFE20ino", "cas\uFFFCino",
        "cas\uE000ino", "casıno", "casinø"}) {
    EXPECT_TRUE(breaks(rule, text)) << text;
  }
}

TEST(PostingRule, a_star_lets_letters_follow) {
  EXPECT_TRUE(breaks({.words = {"casin*"}}, "casinos"));
  EXPECT_FALSE(breaks({.words = {"casin*"}}, "mycasinos"));
  EXPECT_TRUE(breaks({.words = {"*casin*"}}, "mycasinos"));
  EXPECT_TRUE(breaks({.words = {"*赌场*"}}, "最好的赌场在线"));
  EXPECT_TRUE(breaks({.words = {"$$$"}}, "win$$$now"));  // no letters: nothing that it could be a part of
}

TEST(PostingRule, a_site_stands_for_all_below_it) {
  const PostingRule rule{.hosts = {"Spam.example.net"}};
  EXPECT_TRUE(breaks(rule, "see https://spam.example.net/a"));
  EXPECT_TRUE(breaks(rule, "see HTTP://www.SPAM.example.net"));
  EXPECT_TRUE(breaks(rule, "see http://spam.example.net:8080/?x"));
  EXPECT_FALSE(breaks(rule, "see https://notspam.example.net"));
  EXPECT_FALSE(breaks(rule, "see https://spam.example.net.org"));
  EXPECT_FALSE(breaks(rule, "see https://good.org/spam.example.net"));
  EXPECT_TRUE(breaks({.hosts = {"spam.com"}}, "see shop.spam.com/now"));
  // Browsers take them for dots (UTS #46).
  EXPECT_TRUE(breaks({.hosts = {"spam.com"}}, "see https://www。spam.com/"));
  EXPECT_TRUE(breaks({.hosts = {"spam.com"}}, "see https://www｡spam.com/"));
}

TEST(PostingRule, vowels_of_other_scripts_are_part_of_their_words) {
  EXPECT_TRUE(breaks({.words = {"दवा"}}, "सस्ती दवा"));
  EXPECT_FALSE(breaks({.words = {"दव"}}, "दवा"));
  EXPECT_FALSE(breaks({.words = {"कम"}}, "कुम"));
}

TEST(PostingRule, an_apps_name_and_site_are_read_below_the_post) {
  const auto told = [](const PostingRule& rule) {
    return is_broken(
        rule, traits_of({.text = "good day", .client = "Cheap Pills\nhttps://shop.spam.com/buy"}, hours{1}));
  };
  EXPECT_TRUE(told({.words = {"cheap pills"}}));
  EXPECT_TRUE(told({.hosts = {"spam.com"}}));
  EXPECT_FALSE(told({.links = 1})) << "what was said has none";
}

TEST(PostingRule, links_and_people_are_counted) {
  EXPECT_TRUE(breaks({.links = 2}, "https://a.example.net https://b.example.net"));
  EXPECT_FALSE(breaks({.links = 2}, "https://a.example.net and no more"));
  EXPECT_TRUE(breaks({.mentions = 2}, "@jack @biz"));
  EXPECT_FALSE(breaks({.mentions = 2}, "@jack @JACK"));
  EXPECT_TRUE(breaks({.mentions = 2}, "@jack @jack@elsewhere.example"));
}

TEST(PostingRule, an_account_grows_out_of_it) {
  const PostingRule rule{.links = 1, .age = hours{24}};
  EXPECT_TRUE(breaks(rule, "https://a.example.net", hours{23}));
  EXPECT_FALSE(breaks(rule, "https://a.example.net", hours{24}));
  EXPECT_FALSE(breaks(rule, "no link", hours{1}));
}

TEST(PostingRule, all_that_is_set_has_to_hold) {
  const PostingRule rule{.words = {"offer"}, .hosts = {"spam.example.net"}, .mentions = 1};
  EXPECT_TRUE(breaks(rule, "@jack an offer https://spam.example.net"));
  EXPECT_FALSE(breaks(rule, "an offer https://spam.example.net"));
  EXPECT_FALSE(breaks(rule, "@jack https://spam.example.net"));
  EXPECT_FALSE(breaks(rule, "@jack an offer https://good.example.net"));
}

TEST(PostingRule, what_would_catch_everything_or_nothing_is_a_fault) {
  const auto fault = [](const PostingRule& rule) { return find_fault(rule).value_or(""); };
  EXPECT_THAT(fault({}), HasSubstr("something to go by"));
  EXPECT_THAT(fault({.words = {"*"}}), HasSubstr("every post"));
  EXPECT_THAT(fault({.words = {"cas*no"}}), HasSubstr("at an end"));
  EXPECT_THAT(fault({.words = {" \xE2\x80\x8C "}}), HasSubstr("every post"));
  EXPECT_THAT(fault({.words = {"\xFF"}}), HasSubstr("UTF-8"));
  for (const char* host : {"https://spam.example.net", "spam.example.net/a", "a b", ".example", "spam.",
                           "spam:80", "*.spam.com"}) {
    EXPECT_THAT(fault({.hosts = {host}}), HasSubstr("name of a site")) << host;
  }
  EXPECT_THAT(fault({.words = {std::string(rule_list_bytes_max, 'a')}}), HasSubstr("two rules"));
  EXPECT_THAT(fault({.links = -1}), HasSubstr("1 to 100"));
  EXPECT_THAT(fault({.mentions = 101}), HasSubstr("1 to 100"));
  EXPECT_THAT(fault({.age = hours{-1}}), HasSubstr("hours"));
  EXPECT_THAT(fault({.links = 1, .message = std::string(301, 'a')}), HasSubstr("message"));
  EXPECT_EQ(fault({.words = {"خرید*"}, .hosts = {"spam.example.net"}, .message = "نه"}), "");
}

}  // namespace
}  // namespace hoopoe
