#include "web/csrf.h"

#include <gtest/gtest.h>

namespace hoopoe::web {
namespace {

TEST(CsrfTest, a_token_is_other_each_time_and_good_for_its_secret_alone) {
  const std::string one = csrf_token("secret");
  const std::string other = csrf_token("secret");
  EXPECT_NE(one, other);
  EXPECT_TRUE(csrf_token_matches(one, "secret"));
  EXPECT_TRUE(csrf_token_matches(other, "secret"));
  EXPECT_FALSE(csrf_token_matches(one, "another"));
  EXPECT_FALSE(csrf_token_matches(csrf_token(""), ""));
}

TEST(CsrfTest, what_is_no_token_is_refused) {
  std::string changed = csrf_token("secret");
  changed.back() = changed.back() == '0' ? '1' : '0';
  for (const std::string& text : {changed, std::string(), std::string(128, 'g'), std::string(127, '0'),
                                  std::string(128, '0'), csrf_token("secret") + "0"}) {
    EXPECT_FALSE(csrf_token_matches(text, "secret")) << text;
  }
}

}  // namespace
}  // namespace hoopoe::web
