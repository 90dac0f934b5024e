#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/pages.h"
#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class WebOccasionTest : public PageTest {
 protected:
  net::Response plan(TestSite::Form form) { return site_.post(form_, std::move(form), mina_); }

  PostId summary_ = site_.say(mina_, "The debate of @jack and @HassanRouhani <today>");
  std::string form_ = "/posts/" + summary_.str() + "/event";
  std::string live_ = "/@mina/" + summary_.str() + "/live";
};

TEST_F(WebOccasionTest, is_planned_in_a_form_that_offers_those_who_are_named) {
  EXPECT_THAT(page("/@mina/" + summary_.str(), &mina_), HasSubstr("href=\"" + form_ + "\""));
  EXPECT_THAT(page("/@mina/" + summary_.str(), &jack_), Not(HasSubstr(form_)));
  EXPECT_THAT(page(form_, &mina_),
              AllOf(HasSubstr("@mina\n@jack\n@HassanRouhani\n</textarea>"), HasSubstr("&lt;today&gt;"),
                    Not(HasSubstr("name=\"over\"")), Not(HasSubstr(live_))));
  EXPECT_EQ(site_.get(form_, &jack_).status, 404);
  EXPECT_EQ(header(site_.get(live_), "Location"), "/posts/" + summary_.str());
  const net::Response saved = plan({{"speakers", "jack، @hassanrouhani;\r\n"}});
  EXPECT_EQ(saved.status, 303);
  EXPECT_EQ(header(saved, "Location"), live_);
  EXPECT_THAT(page(form_, &mina_), AllOf(HasSubstr("\n@jack\n@HassanRouhani\n</textarea>"),
                                         HasSubstr("name=\"over\" value=\"1\">")));
  EXPECT_THAT(page("/@mina/" + summary_.str()), HasSubstr("href=\"" + live_ + "\">Follow this event live"));
}

TEST_F(WebOccasionTest, what_is_refused_keeps_what_was_written) {
  const net::Response refused = plan({{"speakers", "@jack <nobody>"}, {"over", "1"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, AllOf(HasSubstr("@jack &lt;nobody&gt;</textarea>"),
                                  HasSubstr("Nobody here is called &lt;nobody&gt;")));
  EXPECT_EQ(header(site_.get(live_), "Location"), "/posts/" + summary_.str());
  EXPECT_EQ(plan({{"speakers", ""}}).status, 303);
  EXPECT_EQ(header(site_.get(live_), "Location"), "/posts/" + summary_.str());
}

TEST_F(WebOccasionTest, shows_the_summary_first_and_what_is_said_below_newest_first) {
  plan({{"speakers", "jack HassanRouhani"}});
  EXPECT_THAT(page(live_),
              AllOf(HasSubstr("Nobody has spoken yet"), HasSubstr("<noscript><meta http-equiv=\"refresh\"")));
  const PostId first = site_.say(jack_, "first");
  site_.say(rouhani_, "second", first);
  site_.say(mina_, "no speaker");
  const std::string shown = page(live_);
  EXPECT_TRUE(
      in_order(shown, {"data-summary", "The debate of", "href=\"/@jack\">", "href=\"/@HassanRouhani\">",
                       "data-live=\"event:" + summary_.str(), "second", "first"}));
  EXPECT_THAT(shown, AllOf(HasSubstr("og:image\" content=\"https://square.example/@mina/" + summary_.str() +
                                     "/image.png?v=0"),
                           HasSubstr("rel=\"canonical\" href=\"https://square.example" + live_ + "\""),
                           Not(HasSubstr("no speaker")), Not(HasSubstr("Change or end it"))));
  EXPECT_THAT(page(live_, &mina_), HasSubstr("href=\"" + form_ + "\">Change or end it"));
  EXPECT_EQ(header(site_.get("/@MINA/" + summary_.str() + "/live"), "Location"), live_);

  plan({{"speakers", "jack HassanRouhani"}, {"over", "1"}});
  site_.say(jack_, "too late");
  EXPECT_THAT(page(live_), AllOf(HasSubstr("An event that is over"), HasSubstr("second"),
                                 Not(HasSubstr("too late")), Not(HasSubstr("http-equiv=\"refresh\""))));
  EXPECT_THAT(page("/@mina/" + summary_.str()), HasSubstr("What was said at this event"));
  site_.post("/posts/" + summary_.str() + "/delete", {}, mina_);
  EXPECT_EQ(site_.get(live_).status, 410);
}

TEST_F(WebOccasionTest, its_address_is_where_a_program_listens) {
  plan({{"speakers", "jack"}});
  net::Request request = site_.request_for(net::Method::get, live_, nullptr);
  request.headers.add("Accept", "text/event-stream");
  EXPECT_NE(site_.answer(std::move(request)).stream, nullptr);
  EXPECT_NE(site_.get("/live/events?on=event:" + summary_.str()).stream, nullptr);
  EXPECT_EQ(site_.get("/live/events?on=event:x").status, 400);
}

}  // namespace
}  // namespace hoopoe::web
