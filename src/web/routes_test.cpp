#include "web/routes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using WebRoutesTest = PageTest;

TEST_F(WebRoutesTest, who_is_not_signed_in_is_brought_back_after_signing_in) {
  const net::Response response = site_.get("/settings?x=1");
  EXPECT_EQ(response.status, 303);
  EXPECT_EQ(header(response, "Location"), "/sign-in?return_to=%2Fsettings%3Fx%3D1");
}

TEST_F(WebRoutesTest, what_was_written_while_the_session_ended_is_in_the_form_after_signing_in) {
  const TestSite::Form draft{{"text", "many & \"good\" words"}, {"visibility", "unlisted"}, {"csrf", "old"}};
  const net::Response response = site_.answer(site_.form_request("/posts", draft, nullptr));
  ASSERT_EQ(response.status, 303);
  const std::string sign_in = header(response, "Location");
  EXPECT_THAT(site_.get(sign_in).body, testing::HasSubstr("Your words are kept"));
  EXPECT_THAT(site_.get(header(site_.get(sign_in, &mina_), "Location"), &mina_).body,
              testing::AllOf(testing::HasSubstr("many &amp; &quot;good&quot; words</textarea>"),
                             testing::HasSubstr("value=\"unlisted\" selected")));
  const TestSite::Form for_few{{"text", "secret"}, {"visibility", "private"}};
  EXPECT_EQ(header(site_.answer(site_.form_request("/posts", for_few, nullptr)), "Location"),
            "/sign-in?return_to=%2F")
      << "in no address";
  EXPECT_EQ(header(site_.answer(site_.form_request("/posts/5/edit", draft, nullptr)), "Location"),
            "/sign-in?return_to=%2Fposts%2F5%2Fedit");
  const TestSite::Form endless{{"text", std::string(3000, 'x')}};
  EXPECT_EQ(header(site_.answer(site_.form_request("/posts", endless, nullptr)), "Location"),
            "/sign-in?return_to=%2F");
}

}  // namespace
}  // namespace hoopoe::web
