#include "web/words.h"

#include <gtest/gtest.h>

#include "domain/scopes.h"

namespace hoopoe::web {
namespace {

TEST(WordsTest, what_is_wrong_with_a_field_is_told_in_a_sentence) {
  EXPECT_EQ(sentence({"email", "ERR_TAKEN", "has already been taken"}),
            "This e-mail address has already been taken.");
}

TEST(WordsTest, every_scope_is_put_into_words) {
  for (const std::string_view scope : Scopes::supported()) EXPECT_NE(describe_scope(scope), "") << scope;
  EXPECT_EQ(describe_scope("write:statuses"), "publish and delete posts as you");
  EXPECT_EQ(describe_scope("read:lists"), "see your lists");
}

TEST(WordsTest, browsers_are_named_as_people_know_them) {
  EXPECT_EQ(describe_browser("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36"),
            "Chrome on Linux");
  EXPECT_EQ(describe_browser("Mozilla/5.0 (Android 14; Mobile; rv:120.0) Gecko/120.0 Firefox/120.0"),
            "Firefox on Android");
  EXPECT_EQ(describe_browser("<script>"), "A browser");
}

TEST(WordsTest, languages_have_names_and_unknown_ones_their_code) {
  EXPECT_EQ(name_of_language("fa"), "Persian");
  EXPECT_EQ(name_of_language("tlh"), "tlh");
}

TEST(WordsTest, a_page_says_how_much_of_a_conversation_it_shows) {
  EXPECT_EQ(describe_replies({.replies = 1, .shown = 1}), "1 reply");
  EXPECT_EQ(describe_replies({.replies = 19, .shown = 19}), "19 replies");
  EXPECT_EQ(describe_replies({.replies = 19, .shown = 17, .hidden = 2}),
            "17 of 19 replies shown, 2 hidden by the author they reply to");
  EXPECT_EQ(describe_replies({.replies = 120, .before = 40, .shown = 40}), "Replies 41 to 80 of 120");
  EXPECT_EQ(describe_replies({.replies = 1900, .shown = 40, .is_whole = false}),
            "40 of more than 1900 replies shown");
}

}  // namespace
}  // namespace hoopoe::web
