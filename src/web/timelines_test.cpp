#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/pages.h"
#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

using WebTimelinesTest = PageTest;

// The conversation of 1 October 2013, at its own length.
TEST_F(WebTimelinesTest, an_exchange_is_read_from_the_oldest_on) {
  const std::string question =
      "@HassanRouhani Good evening, President. Are citizens of Iran able to read your tweets?";
  const std::string answer =
      "Evening, @Jack. As I told @camanpour, my efforts geared 2 ensure my ppl'll comfortably b able 2 "
      "access all "
      "info globally as is their #right.";
  const std::string thanks =
      "@HassanRouhani thank you. Please let us know how we can help to make it a reality.";
  const PostId first = site_.say(jack_, question);
  const PostId second = site_.say(rouhani_, answer, first);
  site_.say(jack_, "to nobody in particular");
  site_.say(jack_, thanks, second);
  const std::string body = page("/@jack/with/@HassanRouhani");
  EXPECT_TRUE(in_order(body, {"Good evening, President", "comfortably b able", "make it a reality"}));
  EXPECT_THAT(body, Not(HasSubstr("in particular")));
  EXPECT_EQ(page("/@HassanRouhani/with/@jack").size(), body.size());

  EXPECT_EQ(site_.post("/posts", {{"text", answer}}, rouhani_).status, 303);
  EXPECT_EQ(site_.post("/posts", {{"text", answer + "!"}}, rouhani_).status, 422);
}

TEST_F(WebTimelinesTest, what_lies_past_the_end_is_no_silence) {
  site_.say(jack_, "hello");
  EXPECT_THAT(page("/?max_id=1"), AllOf(HasSubstr("Nothing more."), Not(HasSubstr("It is quiet here"))));
  EXPECT_THAT(page("/tags/x"), Not(HasSubstr("Nothing more.")));
}

TEST_F(WebTimelinesTest, addresses_that_people_type_lead_somewhere) {
  site_.say(jack_, "a #tag");
  EXPECT_THAT(page("/tags/%23tag"), AllOf(HasSubstr("<bdi>#tag</bdi>"), HasSubstr("class=\"post\"")));
  EXPECT_EQ(header(site_.get("/@jack/with/@JACK"), "Location"), "/@jack");
}

TEST_F(WebTimelinesTest, words_that_are_no_tag_make_no_headline) {
  for (const char* name : {"Any%20sentence", "1", "a%20b", "%E2%80%AEtag", "a%23b", "%FF", "$HPE"}) {
    for (const char* rest : {"", "/live", ".rss"}) {
      const net::Response response = site_.get(std::string("/tags/") + name + rest);
      EXPECT_EQ(response.status, 404) << name << rest;
      EXPECT_THAT(response.body, HasSubstr("<title>Nothing here")) << name << rest;
    }
  }
  EXPECT_EQ(site_.get("/tags/%D8%A8%D9%87%D8%A7%D8%B1").status, 200);
}

}  // namespace
}  // namespace hoopoe::web
