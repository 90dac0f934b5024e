#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/pages.h"
#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::HasSubstr;
using testing::Not;

using WebPermalinkTest = PageTest;

TEST_F(WebPermalinkTest, a_post_is_found_under_its_own_authors_name_as_they_write_it) {
  const PostId id = site_.say(jack_, "hello");
  const net::Response other_case = site_.get("/@JACK/" + id.str());
  EXPECT_EQ(other_case.status, 301);
  EXPECT_EQ(header(other_case, "Location"), "/@jack/" + id.str());
  EXPECT_EQ(site_.get("/@HassanRouhani/" + id.str()).status, 301);
  EXPECT_EQ(header(site_.get("/posts/" + id.str()), "Location"), "/@jack/" + id.str());
  EXPECT_EQ(site_.get("/@jack/12345").status, 404);
  EXPECT_EQ(site_.get("/@jack/twelve").status, 404);
  EXPECT_EQ(site_.get("/@nobody_here").status, 404);
}

TEST_F(WebPermalinkTest, a_deleted_post_is_gone_and_its_conversation_stays_joined) {
  const PostId first = site_.say(jack_, "@HassanRouhani good evening");
  const PostId second = site_.say(rouhani_, "@Jack what I regret", first);
  const PostId third = site_.say(jack_, "@HassanRouhani thank you", second);
  EXPECT_EQ(site_.post("/posts/" + second.str() + "/delete", {}, rouhani_).status, 303);

  const net::Response gone = site_.get("/@HassanRouhani/" + second.str());
  EXPECT_EQ(gone.status, 410);
  EXPECT_THAT(gone.body, Not(HasSubstr("what I regret")));
  EXPECT_TRUE(in_order(gone.body, {"good evening", "This post is gone.", "thank you"}));
  const std::string last = page("/@jack/" + third.str());
  EXPECT_TRUE(
      in_order(last, {"good evening", "id=\"p" + second.str(), "This post was deleted.", "thank you"}));
}

TEST_F(WebPermalinkTest, a_thread_shows_what_stands_before_and_below) {
  const PostId root = site_.say(jack_, "root words");
  const PostId reply = site_.say(rouhani_, "@Jack first reply", root);
  site_.say(jack_, "@HassanRouhani deeper reply", reply);
  const std::string body = page("/@HassanRouhani/" + reply.str());
  EXPECT_TRUE(
      in_order(body, {"root words", "post whole", "first reply", "Replies", "reply d1", "deeper reply"}));
  EXPECT_THAT(body, HasSubstr("href=\"/@HassanRouhani/with/@jack\""));
}

}  // namespace
}  // namespace hoopoe::web
