#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/pages.h"
#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class WebRelationsTest : public PageTest {
 protected:
  // Mina presses a button beside Jack.
  net::Response press(const std::string& act, TestSite::Form form = {}) {
    return site_.post("/accounts/" + jack_.actor.account.str() + "/" + act, std::move(form), mina_);
  }
  std::string jack_for_mina() { return page("/@jack", &mina_); }
};

TEST_F(WebRelationsTest, buttons_lead_back_to_the_page_they_stood_on) {
  for (const char* act : {"follow", "unfollow", "mute", "unmute", "block", "unblock", "remove-follower"}) {
    const net::Response done = press(act, {{"return_to", "/tags/x?max_id=9"}});
    EXPECT_EQ(done.status, 303) << act;
    EXPECT_EQ(header(done, "Location"), "/tags/x?max_id=9") << act;
    EXPECT_EQ(header(press(act, {{"return_to", "//evil.example"}}), "Location"), "/home") << act;
  }
  EXPECT_EQ(site_.post("/accounts/12345/follow", {}, mina_).status, 404);
  EXPECT_EQ(site_.post("/accounts/jack/follow", {}, mina_).status, 404);
}

TEST_F(WebRelationsTest, what_the_muted_say_is_not_in_the_square_until_the_mute_ends) {
  site_.say(jack_, "words of jack");
  press("mute", {{"duration", "86400"}, {"notifications", "1"}});
  EXPECT_THAT(page("/", &mina_), Not(HasSubstr("words of jack")));
  EXPECT_THAT(jack_for_mina(),
              AllOf(HasSubstr("words of jack"), HasSubstr("muted</span>"), HasSubstr("/unmute\"")));
  EXPECT_THAT(page("/settings/mutes", &mina_), AllOf(HasSubstr("@jack"), HasSubstr("/unmute\"")));
  site_.clock().now_ += std::chrono::hours(25);
  EXPECT_THAT(page("/", &mina_), HasSubstr("words of jack"));
  EXPECT_THAT(page("/settings/mutes", &mina_), HasSubstr("Nobody yet."));
  EXPECT_EQ(press("mute", {{"duration", "-1"}}).status, 422);
}

TEST_F(WebRelationsTest, a_block_keeps_both_apart_and_says_so) {
  site_.say(jack_, "words of jack");
  site_.say(mina_, "words of mina");
  press("block");
  EXPECT_THAT(jack_for_mina(), AllOf(Not(HasSubstr("words of jack")), HasSubstr("keeps you and"),
                                     HasSubstr("/unblock\""), Not(HasSubstr("/follow\""))));
  EXPECT_THAT(page("/@mina", &jack_), AllOf(Not(HasSubstr("words of mina")), HasSubstr("keeps you and"),
                                            Not(HasSubstr("/follow\""))));
  EXPECT_THAT(page("/@jack"), HasSubstr("words of jack"));
  EXPECT_THAT(page("/settings/blocks", &mina_), HasSubstr("@jack"));
  EXPECT_THAT(page("/settings/blocks", &jack_), Not(HasSubstr("@mina")));
  press("unblock");
  EXPECT_THAT(jack_for_mina(), HasSubstr("words of jack"));
}

TEST_F(WebRelationsTest, who_follows_a_locked_account_is_let_in_or_not) {
  site_.post("/settings/profile", {{"locked", "1"}}, jack_);
  press("follow");
  site_.post("/accounts/" + jack_.actor.account.str() + "/follow", {}, rouhani_);
  EXPECT_THAT(jack_for_mina(), HasSubstr("take back"));
  EXPECT_THAT(page("/notifications", &jack_), HasSubstr("href=\"/follow-requests\""));
  EXPECT_THAT(page("/follow-requests", &jack_), AllOf(HasSubstr("@mina"), HasSubstr("@HassanRouhani")));
  EXPECT_THAT(page("/follow-requests", &mina_), HasSubstr("Nobody yet."));

  const std::string of_mina = "/follow-requests/" + mina_.actor.account.str();
  EXPECT_EQ(site_.post(of_mina + "/accept", {}, rouhani_).status, 404) << "only the one who was asked";
  EXPECT_EQ(site_.post(of_mina + "/accept", {}, jack_).status, 303);
  EXPECT_EQ(site_.post("/follow-requests/" + rouhani_.actor.account.str() + "/reject", {}, jack_).status,
            303);
  EXPECT_THAT(page("/@jack/followers"), AllOf(HasSubstr("@mina"), Not(HasSubstr("@HassanRouhani"))));
  EXPECT_THAT(page("/notifications", &jack_), Not(HasSubstr("href=\"/follow-requests\"")));

  EXPECT_THAT(page("/@mina", &jack_), HasSubstr("/remove-follower\""));
  site_.post("/accounts/" + mina_.actor.account.str() + "/remove-follower", {}, jack_);
  EXPECT_THAT(page("/@jack/followers"), Not(HasSubstr("@mina")));
}

}  // namespace
}  // namespace hoopoe::web
