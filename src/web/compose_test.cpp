#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/pages.h"
#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

using WebComposeTest = PageTest;

TEST_F(WebComposeTest, a_refused_post_keeps_its_words_and_says_what_is_wrong) {
  const net::Response refused =
      site_.post("/posts", {{"text", std::string(141, 'x') + "\r\n<b>"}, {"visibility", "private"}}, mina_);
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, AllOf(HasSubstr(std::string(141, 'x') + "\n&lt;b&gt;</textarea>"),
                                  HasSubstr("character limit of 140 exceeded by 5"),
                                  HasSubstr("value=\"private\" selected")));
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
  EXPECT_THAT(site_.get("/@mina").body, Not(HasSubstr("for few")));
}

TEST_F(WebComposeTest, words_to_be_said_anew_go_where_they_stood_if_that_is_still_open) {
  const PostId root = site_.say(jack_, "a question");
  const auto anew = [&](PostId reply) { return page("/posts/" + reply.str() + "/redraft", &mina_); };
  const std::string place = "name=\"reply_to\" value=\"" + root.str() + "\"";
  EXPECT_THAT(anew(site_.say(mina_, "an answer", root)), HasSubstr(place));
  const PostId second = site_.say(mina_, "another answer", root);
  site_.run(app::delete_post(site_.app(), jack_.actor, root));
  EXPECT_THAT(anew(second), AllOf(Not(HasSubstr(place)), HasSubstr("another answer")));
}

TEST_F(WebComposeTest, what_is_written_anew_stays_as_it_was_until_the_new_words_are_out) {
  const PostId question = site_.say(jack_, "a question");
  const PostId id = site_.say(mina_, "@jack an anwser", question);
  const std::string old_path = "/@mina/" + id.str();
  const TestSite::Form kept{{"replaced", id.str()}, {"reply_to", question.str()}};
  EXPECT_THAT(page("/posts/" + id.str() + "/redraft", &mina_),
              AllOf(HasSubstr("@jack an anwser</textarea>"), HasSubstr("your post as it was is deleted"),
                    HasSubstr("name=\"replaced\" value=\"" + id.str() + "\""), HasSubstr("a question")));
  const auto send = [&](std::string words, const Somebody& who) {
    TestSite::Form form = kept;
    form.emplace_back("text", std::move(words));
    return site_.post("/posts", form, who);
  };
  const net::Response refused = send(std::string(141, 'x'), mina_);
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("name=\"replaced\" value=\"" + id.str() + "\""));
  EXPECT_EQ(site_.post("/posts", {{"text", "not mine"}, {"replaced", id.str()}}, rouhani_).status, 404);
  EXPECT_THAT(page(old_path), HasSubstr("an anwser"));

  const net::Response sent = send("@jack an answer", mina_);
  EXPECT_EQ(sent.status, 303);
  EXPECT_THAT(page(header(sent, "Location")), AllOf(HasSubstr("an answer"), HasSubstr("a question")));
  EXPECT_EQ(site_.get(old_path).status, 410);
  // Deleted elsewhere meanwhile, the old one is no hindrance.
  EXPECT_EQ(send("@jack and more", mina_).status, 303);
}

TEST_F(WebComposeTest, no_address_chooses_what_is_deleted) {
  const PostId id = site_.say(mina_, "hello");
  EXPECT_THAT(page("/compose?text=x&replaced=" + id.str(), &mina_), Not(HasSubstr("name=\"replaced\"")));
  EXPECT_EQ(site_.post("/posts", {{"text", "x"}, {"replaced", "12x"}}, mina_).status, 404);
}

}  // namespace
}  // namespace hoopoe::web
