#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/pages.h"
#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

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

TEST_F(WebReactTest, a_post_is_deleted_after_a_question_that_shows_it) {
  const PostId id = site_.say(jack_, "hello");
  const std::string path = "/posts/" + id.str() + "/delete";
  EXPECT_EQ(site_.get(path, &mina_).status, 404);
  EXPECT_THAT(page(path, &jack_), AllOf(HasSubstr("hello"), HasSubstr("formaction=\"" + path + "\"")));
  EXPECT_THAT(page("/@jack", &jack_), AllOf(HasSubstr("hello"), HasSubstr("<a href=\"" + path + "\"")));
  EXPECT_EQ(header(site_.post(path, {}, jack_), "Location"), "/@jack");
  EXPECT_THAT(page("/@jack"), Not(HasSubstr("hello")));
}

}  // namespace
}  // namespace hoopoe::web
