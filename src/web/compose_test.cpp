#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/pages.h"
#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::AllOf;
using testing::HasSubstr;

using WebComposeTest = PageTest;

TEST_F(WebComposeTest, a_refused_post_keeps_its_words_and_says_what_is_wrong) {
  const net::Response refused =
      site_.post("/posts", {{"text", std::string(141, 'x') + "\r\n<b>"}, {"visibility", "private"}}, mina_);
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body,
              AllOf(HasSubstr(std::string(141, 'x') + "\n&lt;b&gt;</textarea>"),
                    HasSubstr("character limit of 140 exceeded"), HasSubstr("value=\"private\" selected")));
}

TEST_F(WebComposeTest, a_form_sent_twice_makes_one_post) {
  const TestSite::Form form{{"text", "once"}, {"key", "the-same"}};
  EXPECT_EQ(site_.post("/posts", form, mina_).status, 303);
  EXPECT_EQ(site_.post("/posts", form, mina_).status, 303);
  const std::string body = site_.get("/@mina").body;
  EXPECT_EQ(body.find("once"), body.rfind("once"));
}

TEST_F(WebComposeTest, an_answer_to_what_is_gone_meanwhile_keeps_its_words) {
  const PostId root = site_.say(jack_, "a question");
  site_.run(app::delete_post(site_.app(), jack_.actor, root));
  const net::Response refused = site_.post(
      "/posts", {{"text", "a long answer"}, {"reply_to", root.str()}, {"visibility", "unlisted"}}, mina_);
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body,
              AllOf(HasSubstr("a long answer</textarea>"), HasSubstr("no longer there"),
                    HasSubstr("name=\"reply_to\" value=\"\""), HasSubstr("value=\"unlisted\" selected")));
}

TEST_F(WebComposeTest, who_may_read_it_is_never_guessed) {
  EXPECT_EQ(site_.post("/posts", {{"text", "secret"}, {"visibility", "folowers"}}, mina_).status, 400);
  EXPECT_EQ(site_.post("/posts", {{"text", "secret"}, {"reply_rule", "nobody"}}, mina_).status, 400);
  EXPECT_EQ(site_.post("/posts", {{"text", "secret"}, {"reply_to", "12x"}}, mina_).status, 404);
  const PostId post = site_
                          .run(app::publish(site_.app(), mina_.actor,
                                            {.text = "for few", .visibility = Visibility::followers}))
                          .post->id;
  EXPECT_EQ(site_.post("/posts/" + post.str() + "/edit", {{"text", "for few, still"}}, mina_).status, 303);
  EXPECT_THAT(site_.get("/@mina").body, testing::Not(HasSubstr("for few")));
}

TEST_F(WebComposeTest, words_to_be_said_anew_go_where_they_stood_if_that_is_still_open) {
  const PostId root = site_.say(jack_, "a question");
  const auto anew = [&](PostId reply) {
    return site_.post("/posts/" + reply.str() + "/redraft", {}, mina_).body;
  };
  const std::string place = "name=\"reply_to\" value=\"" + root.str() + "\"";
  EXPECT_THAT(anew(site_.say(mina_, "an answer", root)), HasSubstr(place));
  const PostId second = site_.say(mina_, "another answer", root);
  site_.run(app::delete_post(site_.app(), jack_.actor, root));
  EXPECT_THAT(anew(second), AllOf(testing::Not(HasSubstr(place)), HasSubstr("another answer")));
}

}  // namespace
}  // namespace hoopoe::web
