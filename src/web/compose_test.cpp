#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/pages.h"
#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::AllOf;
using testing::HasSubstr;

using WebComposeTest = PageTest;

TEST_F(WebComposeTest, a_refused_post_keeps_its_words_and_says_what_is_wrong) {
  const net::Response refused =
      site_.post("/posts", {{"text", std::string(141, 'x') + "\r\n<b>"}, {"visibility", "private"}}, mina_);
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body,
              AllOf(HasSubstr(std::string(141, 'x') + "\n&lt;b&gt;</textarea>"),
                    HasSubstr("character limit of 140 exceeded"), HasSubstr("value=\"private\" selected")));
}

TEST_F(WebComposeTest, a_form_sent_twice_makes_one_post) {
  const TestSite::Form form{{"text", "once"}, {"key", "the-same"}};
  EXPECT_EQ(site_.post("/posts", form, mina_).status, 303);
  EXPECT_EQ(site_.post("/posts", form, mina_).status, 303);
  const std::string body = site_.get("/@mina").body;
  EXPECT_EQ(body.find("once"), body.rfind("once"));
}

}  // namespace
}  // namespace hoopoe::web
