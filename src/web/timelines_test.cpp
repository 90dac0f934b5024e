#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/pages.h"
#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

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

}  // namespace
}  // namespace hoopoe::web
