#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/accounts.h"
#include "app/block.h"
#include "app/edit.h"
#include "app/follow.h"
#include "app/keep.h"
#include "app/publish.h"
#include "app/react.h"
#include "app/report.h"
#include "text/utf8.h"
#include "web/export_format.h"
#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

namespace json = boost::json;

class WebExportJsonTest : public PageTest {
 protected:
  std::string text(const Somebody& who) {
    std::string whole;
    for (const std::string& part : site_.parts_of(site_.get("/settings/data.json", &who))) whole += part;
    return whole;
  }
  json::object taken(const Somebody& who) { return json::parse(text(who)).as_object(); }

  PostId publish(const Somebody& who, Draft draft) {
    site_.clock().now_ += std::chrono::seconds(30);
    return site_.run(app::publish(site_.app(), who.actor, std::move(draft))).post->id;
  }

  app::App& app_ = site_.app();
};

TEST_F(WebExportJsonTest, of_one_who_did_nothing_has_every_part) {
  const json::object file = taken(mina_);
  EXPECT_EQ(file.at("format"), "hoopoe export");
  EXPECT_EQ(file.at("version"), 1);
  EXPECT_EQ(file.at("square"), "https://square.example");
  EXPECT_EQ(file.at("made_at"), "2013-10-01T18:40:00.000Z");
  for (const char* part :
       {"following", "followers", "follow_requests_made", "follow_requests_received", "blocks", "mutes",
        "muted_conversations", "bookmarks", "favourites", "reports", "strikes", "waiting_posts", "posts"}) {
    EXPECT_EQ(file.at(part), json::array()) << part;
  }
  EXPECT_EQ(file.size(), 18U);
}

TEST_F(WebExportJsonTest, says_who_one_is) {
  site_.run(app::update_profile(app_, mina_.actor,
                                {.display_name = "مینا",
                                 .bio = "tea & \"birds\"",
                                 .fields = std::vector<ProfileField>{{"city", "شیراز"}},
                                 .locked = true,
                                 .default_visibility = Visibility::unlisted}));
  const json::value profile = taken(mina_).at("profile");
  EXPECT_EQ(profile.at("handle"), "mina");
  EXPECT_EQ(profile.at("id"), json::string(mina_.actor.account.str()));
  EXPECT_EQ(profile.at("name"), "مینا");
  EXPECT_EQ(profile.at("bio"), "tea & \"birds\"");
  EXPECT_EQ(profile.at("fields").at(0).at("value"), "شیراز");
  EXPECT_EQ(profile.at("email"), "mina@square.example");
  EXPECT_EQ(profile.at("locked"), true);
  EXPECT_EQ(profile.at("new_posts").at("visibility"), "unlisted");
}

TEST_F(WebExportJsonTest, has_the_exact_words_and_those_before) {
  const PostId question = publish(jack_, {.text = "Are citizens of Iran able to read your tweets?"});
  const std::string words = "آزادی #می‌خواهم\n\"نقل\" \\ <b>";
  const PostId answer = publish(rouhani_, {.text = words, .language = "fa", .reply_to = question});
  const PostId letter = publish(rouhani_, {.text = "@mina", .visibility = Visibility::mentioned});
  site_.clock().now_ += std::chrono::minutes(1);
  site_.run(app::edit_post(app_, rouhani_.actor, answer, {.text = "آزادی", .language = "fa"}));

  const json::value posts = taken(rouhani_).at("posts");
  ASSERT_EQ(posts.as_array().size(), 2U);
  EXPECT_EQ(posts.at(0).at("id"), json::string(letter.str()));
  EXPECT_EQ(posts.at(0).at("visibility"), "direct");
  EXPECT_EQ(posts.at(0).at("named").at(0).at("handle"), "mina");
  const json::value& post = posts.at(1);
  EXPECT_EQ(post.at("url"), json::string("https://square.example/@HassanRouhani/" + answer.str()));
  EXPECT_EQ(post.at("created_at"), "2013-10-01T18:41:00.000Z");
  EXPECT_EQ(post.at("edited_at"), "2013-10-01T18:42:30.000Z");
  EXPECT_EQ(post.at("reply_to").at("url"), json::string("https://square.example/@jack/" + question.str()));
  EXPECT_EQ(post.at("reply_to").at("author").at("handle"), "jack");
  EXPECT_EQ(post.at("revisions").at(0).at("text"), json::string(words));
  EXPECT_EQ(post.at("revisions").at(0).at("language"), "fa");
  EXPECT_EQ(post.at("revisions").at(1).at("text"), "آزادی");
  EXPECT_EQ(post.at("revisions").at(1).at("said_at"), post.at("edited_at"));
}

TEST_F(WebExportJsonTest, tells_what_one_did_and_nothing_that_others_said) {
  const PostId post = publish(jack_, {.text = "canary of jack"});
  site_.run(app::follow(app_, mina_.actor, jack_.actor.account, {}));
  const PostId private_post = publish(jack_, {.text = "private canary", .visibility = Visibility::followers});
  publish(jack_, {.text = "@mina canary for you", .visibility = Visibility::mentioned});
  site_.run(app::bookmark(app_, mina_.actor, private_post));
  site_.run(app::favourite(app_, mina_.actor, post));
  site_.run(app::repost(app_, mina_.actor, post, Visibility::everyone));
  site_.run(app::mute(app_, mina_.actor, rouhani_.actor.account,
                      {.expires = site_.clock().now() + std::chrono::hours(2)}));
  site_.run(
      app::report(app_, mina_.actor, {.target = jack_.actor.account, .posts = {post}, .comment = "look"}));
  site_.run(app::report(app_, jack_.actor, {.target = mina_.actor.account, .comment = "canary of a report"}));

  const std::string file = text(mina_);
  EXPECT_THAT(file, testing::Not(testing::HasSubstr("canary")));
  const json::object taken = json::parse(file).as_object();
  EXPECT_EQ(taken.at("following").at(0).at("handle"), "jack");
  EXPECT_EQ(taken.at("mutes").at(0).at("handle"), "HassanRouhani");
  EXPECT_EQ(taken.at("mutes").at(0).at("until"), "2013-10-01T20:41:30.000Z");
  const json::string url("https://square.example/@jack/" + post.str());
  EXPECT_EQ(taken.at("favourites").at(0).at("url"), url);
  EXPECT_EQ(taken.at("bookmarks").at(0).at("id"), json::string(private_post.str()));
  EXPECT_EQ(taken.at("posts").at(0).at("repost_of").at("url"), url);
  EXPECT_EQ(taken.at("reports").at(0).at("comment"), "look");
  EXPECT_EQ(taken.at("reports").at(0).at("posts").at(0).at("url"), url);
}

TEST_F(WebExportJsonTest, names_who_speaks_at_ones_event) {
  const PostId summary = publish(mina_, {.text = "The debate"});
  site_.post("/posts/" + summary.str() + "/event", {{"speakers", "jack HassanRouhani"}}, mina_);
  const json::value event = taken(mina_).at("posts").at(0).at("event");
  EXPECT_EQ(event.at("accounts").at(0).at("handle"), "jack");
  EXPECT_EQ(event.at("accounts").at(1).at("handle"), "HassanRouhani");
  EXPECT_TRUE(event.at("ended_at").is_null());
  publish(mina_, {.text = "no event"});
  EXPECT_TRUE(taken(mina_).at("posts").at(0).at("event").is_null());
}

TEST_F(WebExportJsonTest, is_utf8_with_a_line_for_each_entry_and_one_end) {
  for (int i = 0; i < 3; ++i) site_.say(jack_, "سلام");
  const std::string file = text(jack_);
  EXPECT_TRUE(text::is_valid_utf8(file));
  EXPECT_THAT(file, testing::EndsWith("}\n]\n}\n"));
  EXPECT_EQ(std::ranges::count(file, '\n'), 19);
}

TEST_F(WebExportJsonTest, bytes_that_are_no_text_do_not_spoil_the_file) {
  const app::ExportEntry entry = Strike{.id = NotificationId{1}, .words = "bad \xff byte"};
  EXPECT_TRUE(text::is_valid_utf8(export_as_json.entries(app_, {entry}, 0)));
}

}  // namespace
}  // namespace hoopoe::web
