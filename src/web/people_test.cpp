#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/pages.h"
#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::HasSubstr;
using testing::Not;

using WebPeopleTest = PageTest;

TEST_F(WebPeopleTest, names_are_shown_as_written_and_read_in_their_own_direction) {
  site_.post("/settings/profile", {{"display_name", "مینا <b>"}, {"bio", "<script>x</script>"}}, mina_);
  site_.post("/accounts/" + jack_.actor.account.str() + "/follow", {}, mina_);
  const std::string body = page("/@jack/followers");
  EXPECT_THAT(body, HasSubstr("<bdi>مینا &lt;b&gt;</bdi>"));
  EXPECT_THAT(body, Not(HasSubstr("<script>x")));
}

TEST_F(WebPeopleTest, buttons_are_in_ones_own_lists_alone) {
  site_.post("/accounts/" + jack_.actor.account.str() + "/follow", {}, mina_);
  EXPECT_THAT(page("/@jack/followers", &jack_), Not(HasSubstr("formaction=\"/accounts")));
  for (const char* own : {"/follow-requests", "/settings/blocks", "/settings/mutes"}) {
    EXPECT_EQ(site_.get(own).status, 303) << own;
    EXPECT_THAT(page(own, &mina_), HasSubstr("Nobody yet.")) << own;
  }
}

}  // namespace
}  // namespace hoopoe::web
