#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/publish.h"
#include "app/react.h"
#include "web/pages.h"
#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class WebFeedsTest : public PageTest {
 protected:
  boost::json::array items(const std::string& target) {
    return boost::json::parse(page(target)).at("items").as_array();
  }
};

TEST_F(WebFeedsTest, every_list_for_everyone_has_a_feed_in_three_formats_and_its_page_says_so) {
  const PostId post = site_.say(jack_, "@HassanRouhani Good evening, #President.");
  site_.say(rouhani_, "@jack Evening", post);
  for (const auto& [page_path, feed] : {std::pair<std::string, std::string>{"/", "/feed"},
                                        {"/@jack", "/@jack"},
                                        {"/@jack/with-replies", "/@jack/with-replies"},
                                        {"/tags/president", "/tags/president"},
                                        {"/@jack/with/@HassanRouhani", "/@jack/with/@HassanRouhani"}}) {
    const std::string html = page(page_path);
    for (const auto& [suffix, type] : {std::pair<std::string, std::string>{".rss", "application/rss+xml"},
                                       {".atom", "application/atom+xml"},
                                       {".json", "application/feed+json"}}) {
      EXPECT_THAT(html, HasSubstr("type=\"" + type + "\"")) << page_path;
      EXPECT_THAT(html, HasSubstr("href=\"" + feed + suffix + "\"")) << page_path;
      const net::Response response = site_.get(feed + suffix);
      EXPECT_EQ(response.status, 200) << feed + suffix;
      EXPECT_EQ(header(response, "Content-Type"), type + "; charset=utf-8");
      EXPECT_THAT(response.content(),
                  AllOf(HasSubstr("Good evening"), HasSubstr("https://square.example/@jack/" + post.str())))
          << feed + suffix;
      EXPECT_THAT(response.headers.lines(),
                  AllOf(HasSubstr("Cache-Control: public"), Not(HasSubstr("Vary"))));
    }
  }
}

TEST_F(WebFeedsTest, a_post_is_there_whole_with_absolute_links_and_its_direction) {
  Draft draft{.text = "می‌خواهم #حق بگویم: @jack <b> https://example.org/a?b=1&c=2",
              .language = "fa"};
  site_.run(app::publish(site_.app(), rouhani_.actor, draft));
  const boost::json::array all = items("/@HassanRouhani.json");
  ASSERT_EQ(all.size(), 1);
  const std::string html(all[0].at("content_html").as_string());
  EXPECT_THAT(html, AllOf(HasSubstr("<div dir=\"auto\" lang=\"fa\">"),
                          HasSubstr("href=\"https://square.example/@jack\""),
                          HasSubstr("href=\"https://square.example/tags/"), HasSubstr("&lt;b&gt;"),
                          HasSubstr("https://example.org/a?b=1&amp;c=2"), Not(HasSubstr("href=\"/"))));
  EXPECT_EQ(all[0].at("content_text").as_string(), draft.text);
  EXPECT_EQ(all[0].at("language").as_string(), "fa");
  EXPECT_EQ(all[0].at("tags").as_array(), boost::json::array({"حق"}));
  EXPECT_THAT(page("/@HassanRouhani.atom"), AllOf(HasSubstr("&amp;lt;b&amp;gt;"), Not(HasSubstr("<b>"))))
      << "HTML within XML is escaped twice";
}

TEST_F(WebFeedsTest, what_is_answered_and_what_is_reposted_is_said) {
  const PostId question = site_.say(jack_, "a question");
  const PostId answer = site_.say(mina_, "@jack an answer", question);
  site_.run(app::repost(site_.app(), rouhani_.actor, answer, Visibility::everyone));
  const std::string question_url = "https://square.example/posts/" + question.str();
  EXPECT_THAT(page("/@mina/with-replies.atom"),
              AllOf(HasSubstr("<thr:in-reply-to ref=\"" + question_url + "\""), HasSubstr("In reply to")));
  EXPECT_THAT(page("/@HassanRouhani.atom"), AllOf(HasSubstr("HassanRouhani reposted mina: @jack an answer"),
                                                  HasSubstr("<name>mina</name>")));
  EXPECT_THAT(page("/@HassanRouhani.rss"), HasSubstr("<dc:creator>mina</dc:creator>"));
  EXPECT_EQ(items("/@HassanRouhani.json?reposts=false").size(), 0);
  EXPECT_EQ(items("/@mina.json").size(), 0) << "replies are asked for";
}

TEST_F(WebFeedsTest, nobody_reads_in_a_feed_what_is_not_for_them) {
  site_.run(
      app::publish(site_.app(), jack_.actor, {.text = "to followers", .visibility = Visibility::followers}));
  site_.post("/accounts/" + jack_.actor.account.str() + "/follow", {}, mina_);
  for (const std::string feed : {"/@jack.json", "/@jack.rss"}) {
    EXPECT_THAT(page(feed), Not(HasSubstr("to followers"))) << feed;
    EXPECT_THAT(page(feed, &rouhani_), Not(HasSubstr("to followers"))) << feed;
    const net::Response own = site_.get(feed, &mina_);
    EXPECT_THAT(own.content(), HasSubstr("to followers"));
    EXPECT_EQ(header(own, "Cache-Control"), "private, no-store");
  }
}

TEST_F(WebFeedsTest, a_feed_goes_on_page_by_page) {
  for (int i = 0; i < 41; ++i) site_.say(jack_, fmt::format("number {}.", i));
  const boost::json::object first = boost::json::parse(page("/@jack.json")).as_object();
  EXPECT_EQ(first.at("items").as_array().size(), 40);
  const std::string next(first.at("next_url").as_string());
  ASSERT_THAT(next, HasSubstr("https://square.example/@jack.json?max_id="));
  const boost::json::object last = boost::json::parse(page(next.substr(22))).as_object();
  EXPECT_EQ(last.at("items").as_array().size(), 1);
  EXPECT_FALSE(last.contains("next_url"));
  EXPECT_THAT(page("/@jack.atom"), HasSubstr("<link rel=\"next\""));
}

TEST_F(WebFeedsTest, who_reads_under_another_name_stays_there_and_ids_are_the_same) {
  const PostId post = site_.say(jack_, "hello");
  site_.settings().other_hosts = {"abcdefgh.onion"};
  net::Request request = site_.request_for(net::Method::get, "/@jack.atom", nullptr);
  request.host = "abcdefgh.onion";
  const std::string feed = site_.answer(std::move(request)).content();
  EXPECT_THAT(feed, AllOf(HasSubstr("href=\"http://abcdefgh.onion/@jack/" + post.str() + "\""),
                          HasSubstr("<id>https://square.example/posts/" + post.str() + "</id>"),
                          HasSubstr("<id>https://square.example/@jack.atom</id>")));
}

TEST_F(WebFeedsTest, an_empty_feed_is_valid_and_nobodys_is_not_found) {
  EXPECT_THAT(page("/tags/nothing.atom"), HasSubstr("<updated>1970-01-01T00:00:00.000Z</updated>"));
  EXPECT_EQ(site_.get("/@nobody.rss").status, 404);
}

}  // namespace
}  // namespace hoopoe::web
