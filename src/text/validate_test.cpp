#include "text/validate.h"

#include <string>

#include <gtest/gtest.h>

namespace hoopoe::text {
namespace {

TEST(Validate, a_post_is_neither_empty_nor_too_long_nor_broken) {
  EXPECT_TRUE(is_valid_tweet("سلام"));
  EXPECT_TRUE(is_valid_tweet(std::string(140, 'a')));
  EXPECT_FALSE(is_valid_tweet(""));
  EXPECT_FALSE(is_valid_tweet(std::string(141, 'a')));
  EXPECT_FALSE(is_valid_tweet("a\uFEFF"));
  EXPECT_FALSE(is_valid_tweet("a\xFF"));
}

TEST(Validate, a_username_is_one_handle_and_nothing_else) {
  EXPECT_TRUE(is_valid_username("@khamenei_ir"));
  EXPECT_TRUE(is_valid_username("@" + std::string(30, 'a')));
  for (const char* text :
       {"", "@", "jack", "@jack ", " @jack", "@jack/list", "@jack@example.org", "@jack!", "@جک"}) {
    EXPECT_FALSE(is_valid_username(text)) << text;
  }
  EXPECT_FALSE(is_valid_username("@" + std::string(31, 'a')));
}

TEST(Validate, a_list_is_a_handle_with_a_slug) {
  EXPECT_TRUE(is_valid_list("@jack/poets-2"));
  for (const char* text : {"@jack", "@jack/", "@jack/2poets", "@jack/poets x", "/poets"}) {
    EXPECT_FALSE(is_valid_list(text)) << text;
  }
  EXPECT_FALSE(is_valid_list("@jack/" + std::string(26, 'a')));
}

TEST(Validate, a_hashtag_holds_a_letter) {
  EXPECT_TRUE(is_valid_hashtag("#می‌خواهم"));
  for (const char* text : {"#", "#1404", "#a b", "a#b", "#a#b", "tag"})
    EXPECT_FALSE(is_valid_hashtag(text)) << text;
}

TEST(Validate, an_address_has_a_web_scheme_and_a_host) {
  for (const char* text :
       {"http://example.com", "HTTPS://Example.com", "https://fa.wikipedia.org/wiki/تهران?x=۱#آغاز",
        "http://[2001:db8::1]:8080/", "http://a:b%20@example.com:1/%7Ea", "http://ایران.ایران/"}) {
    EXPECT_TRUE(is_valid_url(text)) << text;
  }
  for (const char* text : {"",
                           "example.com",
                           "ftp://example.com",
                           "javascript:alert(1)",
                           "http://",
                           "http://localhost",
                           "http://1.2.3.256/",
                           "http://1.2.3/",
                           "http://01.2.3.4/",
                           "http://a..com",
                           "http://a_b.com",
                           "http://[::1",
                           "http://example.com:",
                           "http://example.com:123456",
                           "http://example.com:8a/",
                           "http://example.com/%4",
                           "http://example.com/%zz",
                           "http://example.com/<script>",
                           "http://a@b@example.com/",
                           "http://exa mple.com",
                           "http://example.com/\xFF"}) {
    EXPECT_FALSE(is_valid_url(text)) << text;
  }
}

TEST(Validate, without_a_scheme_the_rest_must_still_be_an_address) {
  EXPECT_TRUE(is_valid_url("example.com/path?q", Scheme::optional));
  EXPECT_TRUE(is_valid_url("http://example.com", Scheme::optional));
  for (const char* text : {"example", "ftp://example.com", "javascript:alert(1)", "/path", "?q"}) {
    EXPECT_FALSE(is_valid_url(text, Scheme::optional)) << text;
  }
}

TEST(Validate, what_terminals_obey_is_a_control_and_line_breaks_are_none) {
  EXPECT_TRUE(holds_controls("a\x1b[2J"));
  EXPECT_TRUE(holds_controls(std::string_view("\0", 1)));
  EXPECT_TRUE(holds_controls("\u009b"));
  EXPECT_FALSE(holds_controls("two\nlines\tand \u200fa mark"));
}

}  // namespace
}  // namespace hoopoe::text
