#include "web/form_errors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

using WebFormErrorsTest = PageTest;

TEST_F(WebFormErrorsTest, a_refused_sign_up_keeps_all_but_the_password) {
  Stranger stranger(site_, "/sign-up");
  const net::Response refused =
      stranger.post("/sign-up", {{"handle", "mina"}, {"email", "\"><script>@x"}, {"password", "opensesame"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body,
              AllOf(HasSubstr("This handle has already been taken."), HasSubstr("value=\"mina\""),
                    Not(HasSubstr("opensesame")), Not(HasSubstr("<script>@x"))));
}

}  // namespace
}  // namespace hoopoe::web
