#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/accounts.h"
#include "app/timelines.h"
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
  const std::string anchor = "p" + second.str() + "\"";
  EXPECT_TRUE(in_order(
      gone.body, {"good evening", "id=\"" + anchor, "This post is gone.", "href=\"#" + anchor, "thank you"}));
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

TEST_F(WebPermalinkTest, what_a_post_answers_is_one_step_away) {
  const PostId root = site_.say(jack_, "root words");
  const PostId reply = site_.say(rouhani_, "@Jack first reply", root);
  const std::string up = "<p class=\"why\"><a href=\"";
  EXPECT_THAT(page("/@jack/" + root.str()), HasSubstr(up + "#p" + root.str() + "\">In reply to"));
  EXPECT_THAT(page("/@HassanRouhani/with-replies"),
              HasSubstr(up + "/@jack/" + root.str() + "\">In reply to"));
  const PostId unnamed = site_.say(mina_, "to nobody by name", reply);
  EXPECT_THAT(page("/@mina/with-replies"), HasSubstr(up + "/posts/" + reply.str() + "\">In reply to a post"));
  EXPECT_THAT(page("/@mina/" + unnamed.str()), HasSubstr(up + "#p" + reply.str() + "\">"));
}

TEST_F(WebPermalinkTest, a_page_that_is_kept_says_where_and_when) {
  const PostId root = site_.say(jack_, "root words");
  site_.say(mina_, "a reply", root);
  const std::string body = page("/@jack/" + root.str());
  EXPECT_THAT(body, testing::AllOf(HasSubstr(">https://square.example/@jack/" + root.str() + "</p>"),
                                   HasSubstr(">18:41, 1 Oct</time>")));
}

TEST_F(WebPermalinkTest, who_named_several_people_has_an_exchange_with_each) {
  const PostId talk = site_.say(jack_, "@HassanRouhani meet @mina and @jack");
  EXPECT_THAT(page("/@jack/" + talk.str()),
              testing::AllOf(HasSubstr("/@jack/with/@HassanRouhani\""), HasSubstr("/@jack/with/@mina\""),
                             Not(HasSubstr("/@jack/with/@jack\""))));
}

TEST_F(WebPermalinkTest, a_program_is_marked_as_one_wherever_its_words_stand) {
  site_.run(app::update_profile(site_.app(), mina_.actor, {.bot = true}));
  const std::string path = "/@mina/" + site_.say(mina_, "beep").str();
  for (const std::string& target : {path, path + "/embed", std::string("/"), std::string("/@mina")}) {
    EXPECT_THAT(page(target), HasSubstr("<span class=\"badge\">automated</span>")) << target;
  }
  for (const std::string& target : {path + "/cite.html", "/api/oembed?url=https://square.example" + path}) {
    EXPECT_THAT(page(target), HasSubstr(", automated)")) << target;
  }
}

TEST_F(WebPermalinkTest, who_may_answer_is_said_and_the_others_get_no_form) {
  site_.post("/posts", {{"text", "@mina only you"}, {"reply_rule", "mentioned"}}, jack_);
  const auto posts = app::public_timeline(site_.app(), app::anonymous, {}).posts;
  const std::string path = "/@jack/" + posts.front().post->id.str();
  EXPECT_THAT(page(path, &mina_), testing::AllOf(testing::HasSubstr("Only those named may answer."),
                                                 testing::HasSubstr("<section id=\"reply\">")));
  EXPECT_THAT(page(path, &rouhani_), testing::Not(testing::HasSubstr("<section id=\"reply\">")));
  const net::Response refused =
      site_.post("/posts", {{"text", "me too"}, {"reply_to", posts.front().post->id.str()}}, rouhani_);
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, testing::AllOf(testing::HasSubstr("me too</textarea>"),
                                           testing::HasSubstr("lets only some people answer")));
}

TEST_F(WebPermalinkTest, a_reply_is_hidden_below_ones_post_and_shown_again) {
  const PostId root = site_.say(jack_, "a question");
  const PostId reply = site_.say(mina_, "rude words", root);
  const std::string path = "/@jack/" + root.str();
  const auto press = [&](const char* act, const Somebody& who) {
    return site_.post("/posts/" + reply.str() + "/" + act, {{"return_to", path}}, who).status;
  };
  EXPECT_THAT(page(path, &jack_), testing::HasSubstr("/posts/" + reply.str() + "/hide\""));
  EXPECT_THAT(page(path, &rouhani_), testing::Not(testing::HasSubstr("/hide\"")));
  EXPECT_EQ(press("hide", rouhani_), 404);
  EXPECT_EQ(press("hide", jack_), 303);
  EXPECT_THAT(page(path), testing::AllOf(testing::Not(testing::HasSubstr("rude words")),
                                         testing::HasSubstr("hidden by the author it replies to"),
                                         testing::HasSubstr("/posts/" + reply.str())));
  EXPECT_THAT(page("/@mina/" + reply.str(), &jack_),
              testing::AllOf(testing::HasSubstr("rude words"), testing::HasSubstr("/unhide\"")));
  EXPECT_EQ(press("unhide", jack_), 303);
  EXPECT_THAT(page(path), testing::HasSubstr("rude words"));
}

TEST_F(WebPermalinkTest, a_page_says_how_much_of_the_conversation_it_shows) {
  const PostId root = site_.say(jack_, "a question");
  const std::string path = "/@jack/" + root.str();
  PostId reply = site_.say(mina_, "one answer", root);
  EXPECT_THAT(page(path), HasSubstr("<span class=\"fine\">1 reply</span></h2>"));
  site_.say(mina_, "more words", root);
  site_.post("/posts/" + reply.str() + "/hide", {}, jack_);
  EXPECT_THAT(page(path),
              HasSubstr(">1 of 2 replies shown, 1 hidden by the author they reply to</span></h2>"));
  for (int i = 0; i < 40; ++i) reply = site_.say(mina_, fmt::format("answer {}.", i), root);
  const std::string first = page(path);
  EXPECT_THAT(first, HasSubstr(">40 of 42 replies shown, 1 hidden by the author they reply to</span></h2>"));
  EXPECT_THAT(first, Not(HasSubstr("answer 39.")));
  const std::size_t at = first.find(path + "?after=");
  ASSERT_NE(at, std::string::npos);
  const std::string rest = page(first.substr(at, first.find('#', at) - at));
  EXPECT_THAT(rest, testing::AllOf(HasSubstr("Replies 41 to 41 of 42, 1 hidden"), HasSubstr("answer 39."),
                                   Not(HasSubstr("answer 38.")), HasSubstr("Back to the first replies")));
}

TEST_F(WebPermalinkTest, of_a_long_way_up_the_beginning_is_a_link) {
  const PostId root = site_.say(jack_, "the root");
  const PostId second = site_.say(mina_, "the second", root);
  PostId last = second;
  for (int i = 0; i < 21; ++i) last = site_.say(mina_, fmt::format("step {}.", i), last);
  EXPECT_THAT(page("/@mina/" + last.str()), testing::AllOf(HasSubstr("<a href=\"/posts/" + second.str() +
                                                                     "\">This conversation began earlier"),
                                                           Not(HasSubstr("the root"))));
}

}  // namespace
}  // namespace hoopoe::web
