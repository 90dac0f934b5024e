#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/pages.h"
#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class WebKeptTest : public PageTest {
 protected:
  void press(const PostId id, const std::string& act, const Somebody& who) {
    EXPECT_EQ(site_.post("/posts/" + id.str() + "/" + act, {}, who).status, 303) << act;
  }
};

TEST_F(WebKeptTest, what_one_keeps_is_found_again_and_seen_by_nobody_else) {
  const PostId first = site_.say(jack_, "first thought");
  const PostId second = site_.say(jack_, "second thought");
  press(second, "bookmark", mina_);
  press(first, "bookmark", mina_);
  EXPECT_TRUE(in_order(page("/bookmarks", &mina_), {"first thought", "second thought", "/undo-bookmark\""}));
  EXPECT_THAT(page("/bookmarks", &jack_), HasSubstr("Nothing yet."));
  press(first, "undo-bookmark", mina_);
  EXPECT_THAT(page("/bookmarks", &mina_), Not(HasSubstr("first thought")));

  press(first, "favourite", mina_);
  EXPECT_THAT(page("/favourites", &mina_),
              AllOf(HasSubstr("first thought"), Not(HasSubstr("second thought"))));
  EXPECT_EQ(site_.get("/bookmarks").status, 303);
}

TEST_F(WebKeptTest, what_is_pinned_stands_once_and_above_the_rest) {
  const PostId old = site_.say(mina_, "the oldest words");
  site_.say(mina_, "the newest words");
  press(old, "pin", mina_);
  const std::string shown = page("/@mina");
  EXPECT_TRUE(in_order(shown, {"Pinned", "the oldest words", "the newest words"}));
  EXPECT_EQ(shown.find("the oldest words"), shown.rfind("the oldest words"));
  EXPECT_THAT(page("/@mina/with-replies"), Not(HasSubstr("Pinned")));
  EXPECT_EQ(site_.post("/posts/" + old.str() + "/pin", {}, jack_).status, 422);
  press(old, "unpin", mina_);
  EXPECT_THAT(page("/@mina"), Not(HasSubstr("Pinned")));
}

}  // namespace
}  // namespace hoopoe::web
