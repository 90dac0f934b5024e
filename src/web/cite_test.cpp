#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/edit.h"
#include "web/pages.h"
#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

namespace json = boost::json;

class WebCiteTest : public PageTest {
 protected:
  const PostId post_ = site_.say(jack_, "just setting up my #square");
  const std::string path_ = "/@jack/" + post_.str();
  const std::string url_ = "https://square.example" + path_;

  json::object oembed(const std::string& query) {
    return json::parse(page("/api/oembed?" + query)).as_object();
  }
  std::string encoded(const std::string& url) { return text::percent_encode(url); }
};

TEST_F(WebCiteTest, the_page_gives_what_newspapers_paste) {
  EXPECT_THAT(page(path_), HasSubstr("href=\"" + path_ + "/cite\""));
  const std::string body = page(path_ + "/cite");
  EXPECT_THAT(body, AllOf(HasSubstr("<blockquote class=\"hoopoe-post\""), HasSubstr("&lt;blockquote class="),
                          HasSubstr("&lt;script async"), HasSubstr(path_ + "/cite.json")));
}

TEST_F(WebCiteTest, a_snapshot_is_dated_and_needs_nothing_else) {
  site_.clock().now_ += std::chrono::hours(1);
  const net::Response as_page = site_.get(path_ + "/cite.html");
  EXPECT_THAT(as_page.content(),
              AllOf(HasSubstr("just setting up my #square"), HasSubstr("19:40 UTC, 1 October 2013"),
                    HasSubstr(url_), Not(HasSubstr("<script")), Not(HasSubstr("href=\"/"))));
  EXPECT_EQ(header(as_page, "Content-Disposition"),
            "attachment; filename=\"jack-2013-10-01-" + post_.str() + ".html\"");
  EXPECT_EQ(header(as_page, "Cache-Control"), "no-store");

  const json::object record = json::parse(page(path_ + "/cite.json")).as_object();
  EXPECT_EQ(record.at("taken_at").as_string(), "2013-10-01T19:40:30.000Z");
  EXPECT_EQ(record.at("published_at").as_string(), "2013-10-01T18:40:30.000Z");
  EXPECT_EQ(record.at("text").as_string(), "just setting up my #square");
  EXPECT_EQ(record.at("url").as_string(), url_);
  EXPECT_EQ(record.at("author").at("handle").as_string(), "jack");
  EXPECT_TRUE(record.at("edited_at").is_null());
  EXPECT_EQ(record.at("revision").as_int64(), 0);
}

TEST_F(WebCiteTest, a_snapshot_of_an_answer_has_the_question_and_names_its_source) {
  site_.settings().instance_notice = "This is a demonstration.";
  const PostId answer = site_.say(mina_, "@jack an answer", post_);
  const std::string body = page("/@mina/" + answer.str() + "/cite.html");
  EXPECT_TRUE(in_order(
      body, {"<h1 class=\"page\">Hoopoe</h1>", "This is a demonstration.", "just setting up my #square",
             "an answer", "in reply to <bdi dir=\"ltr\">@jack</bdi>"}));
  const PostId quiet = site_
                           .run(app::publish(site_.app(), jack_.actor,
                                             {.text = "quietly", .visibility = Visibility::followers}))
                           .post->id;
  const PostId beside = site_.say(jack_, "aloud", quiet);
  EXPECT_THAT(page("/@jack/" + beside.str() + "/cite.html", &jack_), Not(HasSubstr("quietly")));
}

TEST_F(WebCiteTest, what_was_edited_is_cited_with_both_times) {
  site_.clock().now_ += std::chrono::hours(1);
  site_.run(app::edit_post(site_.app(), jack_.actor, post_, {.text = "just setting up a square"}));
  EXPECT_THAT(page(path_ + "/cite"),
              AllOf(HasSubstr(", edited <time datetime=\"2013-10-01T19:40:30.000Z\" dir=\"ltr\">19:40 UTC"),
                    HasSubstr("18:40 UTC, 1 October 2013, edited 19:40 UTC, 1 October 2013, https://")));
}

TEST_F(WebCiteTest, programs_find_the_card_by_the_address_of_the_post) {
  EXPECT_THAT(
      page(path_),
      HasSubstr("type=\"application/json+oembed\" title=\"jack: just setting up my #square\" "
                "href=\"https://square.example/api/oembed?url=https%3A%2F%2Fsquare.example%2F%40jack%2F" +
                post_.str() + "\""));
  const json::object card = oembed("url=" + encoded(url_));
  EXPECT_EQ(card.at("type").as_string(), "rich");
  EXPECT_EQ(card.at("version").as_string(), "1.0");
  EXPECT_EQ(card.at("width").as_int64(), 550);
  EXPECT_THAT(std::string(card.at("html").as_string()),
              AllOf(HasSubstr("<blockquote"), HasSubstr("embed.js")));
  EXPECT_EQ(oembed("maxwidth=300&url=" + encoded(url_)).at("width").as_int64(), 300);
  EXPECT_THAT(std::string(oembed("omit_script=true&url=" + encoded(url_)).at("html").as_string()),
              Not(HasSubstr("<script")));
  EXPECT_EQ(oembed("url=" + encoded("https://square.example/posts/" + post_.str())).at("html"),
            card.at("html"));
  site_.settings().other_hosts = {"abcdefgh.onion"};
  EXPECT_EQ(oembed("url=" + encoded("http://abcdefgh.onion" + path_)).at("html"), card.at("html"));
}

TEST_F(WebCiteTest, a_cookie_changes_nothing_for_programs) {
  site_.post("/accounts/" + mina_.actor.account.str() + "/block", {}, jack_);
  const net::Response card = site_.get("/api/oembed?url=" + encoded(url_), &mina_);
  EXPECT_EQ(card.status, 200);
  EXPECT_THAT(header(card, "Cache-Control"), HasSubstr("public"));
  EXPECT_EQ(site_.get(path_ + "/cite", &mina_).status, 404) << "the page is hers, and a block hides it";
}

TEST_F(WebCiteTest, what_is_no_post_of_this_square_has_no_card) {
  for (const std::string url :
       {"", "nonsense", "https://elsewhere.example/@jack/1", "https://square.example/@jack",
        "https://square.example/@jack/12345", "https://square.example/about", "https://square.example"}) {
    EXPECT_EQ(site_.get("/api/oembed?url=" + encoded(url)).status, 404) << url;
  }
  EXPECT_EQ(site_.get("/api/oembed?format=xml&url=" + encoded(url_)).status, 501);
}

TEST_F(WebCiteTest, what_is_not_for_everyone_is_cited_by_nobody) {
  const PostId secret = site_
                            .run(app::publish(site_.app(), jack_.actor,
                                              {.text = "quietly", .visibility = Visibility::followers}))
                            .post->id;
  const std::string path = "/@jack/" + secret.str();
  EXPECT_THAT(page(path, &jack_), AllOf(Not(HasSubstr("/cite")), Not(HasSubstr("og:title"))));
  for (const char* end : {"/cite", "/cite.html", "/cite.json", "/embed"}) {
    EXPECT_EQ(site_.get(path + end).status, 404) << end;
    EXPECT_EQ(site_.get(path + end, &jack_).status, 404) << end;
  }
  site_.post("/posts/" + post_.str() + "/delete", {}, jack_);
  for (const char* end : {"/cite", "/cite.html", "/cite.json", "/embed"}) {
    EXPECT_EQ(site_.get(path_ + end).status, 410) << end;
  }
}

TEST_F(WebCiteTest, pages_of_others_may_frame_a_post_and_nothing_else) {
  const net::Response frame = site_.get(path_ + "/embed");
  EXPECT_THAT(frame.content(), AllOf(HasSubstr("just setting up my"), HasSubstr("/static/frame.js?v="),
                                     Not(HasSubstr("<form"))));
  EXPECT_THAT(header(frame, "Content-Security-Policy"), HasSubstr("frame-ancestors *"));
  EXPECT_THAT(header(site_.get(path_), "Content-Security-Policy"), HasSubstr("frame-ancestors 'none'"));
  EXPECT_THAT(header(site_.get(path_ + "/embed", &jack_), "Cache-Control"), HasSubstr("private"));
}

TEST_F(WebCiteTest, a_link_to_a_post_shows_what_it_says) {
  EXPECT_THAT(page(path_),
              AllOf(HasSubstr("<link rel=\"canonical\" href=\"" + url_ + "\">"),
                    HasSubstr("property=\"og:description\" content=\"just setting up my #square\""),
                    HasSubstr("property=\"og:type\" content=\"article\""),
                    HasSubstr("property=\"article:published_time\" content=\"2013-10-01T18:40:30.000Z\"")));
  EXPECT_THAT(page("/@jack"), HasSubstr("property=\"og:type\" content=\"profile\""));
}

}  // namespace
}  // namespace hoopoe::web
