#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/pages.h"
#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

using WebSignUpTest = PageTest;

TEST_F(WebSignUpTest, who_signs_up_is_signed_in_with_a_cookie_that_scripts_cannot_read) {
  Stranger stranger(site_, "/sign-up");
  const net::Response done = stranger.post("/sign-up", {{"handle", "shirin"},
                                                        {"email", "shirin@square.example"},
                                                        {"password", "a good long one"},
                                                        {"return_to", "/tags/x"}});
  ASSERT_EQ(done.status, 303) << done.body;
  EXPECT_EQ(header(done, "Location"), "/tags/x");
  const std::string set = header(done, "Set-Cookie");
  EXPECT_THAT(set, AllOf(StartsWith("__Host-hoopoe_session="), HasSubstr("HttpOnly"),
                         HasSubstr("SameSite=Lax"), HasSubstr("Path=/"), HasSubstr("; Secure")));
  net::Headers more;
  more.add("Cookie", cookie(done, "__Host-hoopoe_session"));
  EXPECT_THAT(site_.get("/settings", nullptr, more).body, HasSubstr("@shirin"));
}

TEST_F(WebSignUpTest, mistakes_are_not_counted_and_what_was_too_often_keeps_its_words) {
  Stranger stranger(site_, "/sign-up");
  TestSite::Form form{
      {"handle", "no good"}, {"email", "shirin@square.example"}, {"password", "a good long one"}};
  for (int i = 0; i < 10; ++i) EXPECT_EQ(stranger.post("/sign-up", form).status, 422);
  form.front().second = "mina";  // taken, as who looks for names would learn
  for (int i = 0; i < 5; ++i) EXPECT_EQ(stranger.post("/sign-up", form).status, 422);
  const net::Response refused = stranger.post("/sign-up", form);
  EXPECT_EQ(refused.status, 429);
  EXPECT_THAT(refused.body, AllOf(HasSubstr("Too many tries"), HasSubstr("value=\"shirin@square.example\"")));
}

TEST(ClosedSiteTest, says_so_and_takes_nobody) {
  TestSite site(SignUpMode::closed);
  EXPECT_THAT(site.get("/sign-up").body, HasSubstr("takes no new accounts"));
  EXPECT_THAT(site.get("/").body, Not(HasSubstr("Join the square")));
}

TEST(InviteSiteTest, asks_for_an_invitation) {
  TestSite site(SignUpMode::invite);
  Stranger stranger(site, "/sign-up");
  const net::Response refused = stranger.post("/sign-up", {{"handle", "shirin"},
                                                           {"email", "s@square.example"},
                                                           {"password", "a good long one"},
                                                           {"invite", "made-up"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, AllOf(HasSubstr("value=\"made-up\""), HasSubstr("is not a good invitation")));
}

}  // namespace
}  // namespace hoopoe::web
