#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/pages.h"
#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::HasSubstr;

using WebNotificationsTest = PageTest;

TEST_F(WebNotificationsTest, tells_who_did_what_newest_first) {
  EXPECT_THAT(page("/notifications", &mina_), HasSubstr("Nothing has happened yet."));
  const PostId id = site_.say(mina_, "a thought");
  site_.post("/posts/" + id.str() + "/favourite", {}, jack_);
  site_.post("/posts/" + id.str() + "/repost", {}, jack_);
  site_.post("/accounts/" + mina_.actor.account.str() + "/follow", {}, rouhani_);
  site_.say(rouhani_, "@mina good evening");
  EXPECT_TRUE(
      in_order(page("/notifications", &mina_), {"good evening", "HassanRouhani", "follows you",
                                                "reposted your post", "favourited your post", "a thought"}));
}

}  // namespace
}  // namespace hoopoe::web
