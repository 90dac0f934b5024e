#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/accounts.h"
#include "app/edit.h"
#include "app/follow.h"
#include "app/publish.h"
#include "app/react.h"
#include "tests/support/html_tags.h"
#include "web/assets.h"
#include "web/export_format.h"
#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class WebExportHtmlTest : public PageTest {
 protected:
  std::string file(const Somebody& who) {
    std::string whole;
    for (const std::string& part : site_.parts_of(site_.get("/settings/data.html", &who))) whole += part;
    return whole;
  }
};

TEST_F(WebExportHtmlTest, is_one_page_that_loads_nothing) {
  const std::string page = file(jack_);
  EXPECT_THAT(page, AllOf(StartsWith("<!doctype html>\n<html lang=\"en\">"), EndsWith("</html>\n"),
                          HasSubstr("<title>@jack"), HasSubstr("jack@square.example")));
  for (const tests::HtmlTag& tag : tests::html_tags(page)) {
    EXPECT_THAT(tag.name, testing::AllOf(testing::Ne("script"), testing::Ne("link"), testing::Ne("img")));
    for (const auto& [name, value] : tag.attributes) {
      if (name == "href") EXPECT_THAT(value, StartsWith("https://square.example")) << tag.name;
      EXPECT_NE(name, "src");
      if (name == "content" && value.contains("default-src")) {
        EXPECT_EQ(value, "default-src 'none'; style-src " + style_source());
      }
    }
  }
  EXPECT_EQ(tests::danger_in(page), "");
}

TEST_F(WebExportHtmlTest, shows_the_newest_first_with_language_and_direction) {
  site_.say(jack_, "just setting up my hoopoe #nest");
  site_.clock().now_ += std::chrono::seconds(30);
  const PostId salaam =
      site_.run(app::publish(site_.app(), jack_.actor, {.text = "سلام @mina", .language = "fa"})).post->id;
  const std::string page = file(jack_);
  EXPECT_TRUE(in_order(page, {"<div class=\"text\" dir=\"auto\" lang=\"fa\"><p>سلام", "just setting up"}));
  EXPECT_THAT(page, AllOf(HasSubstr("href=\"https://square.example/tags/nest\""),
                          HasSubstr("href=\"https://square.example/@mina\""),
                          HasSubstr("href=\"https://square.example/@jack/" + salaam.str() + "\"")));
}

TEST_F(WebExportHtmlTest, shows_what_a_post_said_before_and_for_whom) {
  const PostId post =
      site_
          .run(app::publish(site_.app(), jack_.actor,
                            {.text = "@mina first words", .visibility = Visibility::mentioned}))
          .post->id;
  site_.clock().now_ += std::chrono::minutes(1);
  site_.run(
      app::edit_post(site_.app(), jack_.actor, post, {.text = "@mina other words", .warning = "birds"}));
  EXPECT_TRUE(in_order(file(jack_), {"birds", "other words", "Only to those named",
                                     "<bdi dir=\"ltr\">@mina</bdi>", "Earlier words: 1", "first words"}));
}

TEST_F(WebExportHtmlTest, names_who_speaks_at_ones_event) {
  const PostId summary = site_.say(mina_, "The debate");
  site_.post("/posts/" + summary.str() + "/event", {{"speakers", "jack"}, {"over", "1"}}, mina_);
  EXPECT_THAT(file(mina_), HasSubstr("/@mina/" + summary.str() +
                                     "/live\">live event</a> with <bdi dir=\"ltr\">@jack</bdi>, over since"));
}

TEST_F(WebExportHtmlTest, a_repost_is_an_address) {
  const PostId post = site_.say(mina_, "tea");
  site_.run(app::repost(site_.app(), jack_.actor, post, Visibility::everyone));
  const std::string page = file(jack_);
  EXPECT_THAT(page, AllOf(HasSubstr("Reposted <a href=\"https://square.example/@mina/" + post.str()),
                          Not(HasSubstr("<p>tea"))));
}

TEST_F(WebExportHtmlTest, lists_people_and_leaves_out_what_there_is_none_of) {
  site_.run(app::update_profile(site_.app(), mina_.actor, {.display_name = "مینا"}));
  site_.run(app::follow(site_.app(), jack_.actor, mina_.actor.account, {}));
  const std::string page = file(jack_);
  EXPECT_TRUE(in_order(page, {"Whom you follow", "<bdi>مینا</bdi>", "No posts."}));
  EXPECT_THAT(page, Not(HasSubstr("Who follows you")));
}

TEST_F(WebExportHtmlTest, words_that_look_like_markup_stay_words) {
  const std::string evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
  site_.run(app::update_profile(
      site_.app(), jack_.actor,
      {.display_name = "<script>\"' onx=", .bio = evil, .fields = std::vector<ProfileField>{{evil, evil}}}));
  site_.run(app::publish(site_.app(), jack_.actor, {.text = evil, .warning = evil, .language = "\"><b>"}));
  const std::string page = file(jack_);
  EXPECT_EQ(tests::danger_in(page), "");
  EXPECT_THAT(page, AllOf(Not(HasSubstr("<script>")), Not(HasSubstr("<img")), HasSubstr("&lt;script&gt;")));
}

}  // namespace
}  // namespace hoopoe::web
