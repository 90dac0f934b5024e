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

}  // namespace
}  // namespace hoopoe::web
