#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/pages.h"
#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

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

TEST_F(WebNotificationsTest, what_is_new_is_counted_until_it_was_looked_at) {
  EXPECT_THAT(page("/home", &mina_), Not(HasSubstr("class=\"unread\"")));
  for (int i = 0; i < 12; ++i) site_.say(rouhani_, "@mina good evening " + std::to_string(i));
  EXPECT_THAT(page("/home", &mina_), HasSubstr("class=\"unread\">9+<"));
  const std::string first = page("/notifications", &mina_);
  EXPECT_THAT(first, AllOf(HasSubstr("class=\"news\""), Not(HasSubstr("class=\"unread\""))));
  EXPECT_THAT(page("/home", &mina_), Not(HasSubstr("class=\"unread\"")));
  site_.say(jack_, "@mina you too");
  EXPECT_THAT(page("/home", &mina_), HasSubstr("class=\"unread\">1<"));
  const std::string second = page("/notifications", &mina_);
  EXPECT_EQ(second.find("class=\"news\""), second.rfind("class=\"news\""));
}

}  // namespace
}  // namespace hoopoe::web
