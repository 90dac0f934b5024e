#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/pages.h"
#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::HasSubstr;

using WebReactTest = PageTest;

TEST_F(WebReactTest, buttons_lead_back_to_the_post_they_stood_at) {
  const PostId id = site_.say(jack_, "hello");
  const std::string path = "/posts/" + id.str();
  for (const char* act : {"/repost", "/favourite", "/undo-repost", "/undo-favourite"}) {
    const net::Response done = site_.post(path + act, {{"return_to", "/tags/x?max_id=9"}}, mina_);
    EXPECT_EQ(done.status, 303);
    EXPECT_EQ(header(done, "Location"), "/tags/x?max_id=9#p" + id.str());
  }
  EXPECT_EQ(site_.post(path + "/delete", {}, mina_).status, 404);
  EXPECT_EQ(site_.post("/accounts/" + jack_.actor.account.str() + "/follow", {}, mina_).status, 303);
  EXPECT_THAT(site_.get("/@jack", &mina_).body, HasSubstr("/unfollow\""));
}

}  // namespace
}  // namespace hoopoe::web
