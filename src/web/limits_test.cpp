#include "web/limits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::AllOf;
using testing::HasSubstr;

using WebLimitsTest = PageTest;

TEST_F(WebLimitsTest, a_wrong_password_is_told_and_too_many_are_stopped) {
  Stranger stranger(site_, "/sign-in");
  const TestSite::Form wrong{{"login", "mina"}, {"password", "wrong"}};
  for (int i = 0; i < 10; ++i) {
    const net::Response refused = stranger.post("/sign-in", wrong);
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body,
                AllOf(HasSubstr("The name or the password is wrong."), HasSubstr("value=\"mina\"")));
  }
  const net::Response stopped = stranger.post("/sign-in", wrong);
  EXPECT_EQ(stopped.status, 429);
  EXPECT_THAT(stopped.body, HasSubstr("Too many tries."));
}

TEST_F(WebLimitsTest, who_guesses_from_one_place_keeps_nobody_out_who_sits_elsewhere) {
  Stranger stranger(site_, "/sign-in");
  for (int i = 0; i < 11; ++i) stranger.post("/sign-in", {{"login", "mina"}, {"password", "wrong"}});
  Stranger elsewhere(site_, "/sign-in", "203.0.113.7");
  EXPECT_EQ(elsewhere.post("/sign-in", {{"login", "mina"}, {"password", "wrong"}}).status, 422);
}

TEST_F(WebLimitsTest, what_is_written_in_a_browser_is_counted_too) {
  net::Response last;
  for (int i = 0; i < 301; ++i) {
    last = site_.post("/accounts/" + jack_.actor.account.str() + "/follow", {}, mina_);
  }
  EXPECT_EQ(last.status, 429);
  EXPECT_EQ(site_.post("/accounts/" + mina_.actor.account.str() + "/follow", {}, jack_).status, 303);
}

}  // namespace
}  // namespace hoopoe::web
