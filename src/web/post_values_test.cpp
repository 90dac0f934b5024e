#include "web/post_values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/accounts.h"
#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

using WebPostValuesTest = PageTest;

TEST_F(WebPostValuesTest, a_post_is_read_by_everyone_in_the_square_and_at_its_address) {
  const PostId id = site_.say(jack_, "just setting up my hoopoe #nest");
  for (const std::string& target : {std::string("/"), std::string("/@jack"), "/@jack/" + id.str(),
                                    std::string("/tags/NEST"), std::string("/@jack/live")}) {
    EXPECT_THAT(page(target),
                AllOf(HasSubstr("just setting up my hoopoe"), HasSubstr("href=\"/tags/nest\"")));
  }
  EXPECT_THAT(page("/home", &jack_), HasSubstr("just setting up my hoopoe"));
}

TEST_F(WebPostValuesTest, markup_in_any_field_of_a_person_stays_text) {
  const std::string evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
  const std::string name = "<script>\"' onx=";
  site_.run(
      app::update_profile(site_.app(), jack_.actor,
                          {.display_name = name,
                           .bio = evil,
                           .fields = std::vector<ProfileField>{{evil, "javascript:alert(3)"}, {"a", evil}}}));
  const PostId id = site_.say(jack_, "@HassanRouhani " + evil);
  site_.post("/posts", {{"text", evil}, {"warning", evil}}, jack_);
  site_.post("/accounts/" + rouhani_.actor.account.str() + "/follow", {}, jack_);
  for (const std::string& target :
       {std::string("/"), std::string("/@jack"), "/@jack/" + id.str(), std::string("/@jack/live"),
        std::string("/@HassanRouhani/followers"), std::string("/@jack/with/@HassanRouhani"),
        std::string("/notifications"), std::string("/compose?reply_to=") + id.str(),
        std::string("/compose?text=%3Cscript%3E"), std::string("/tags/script")}) {
    const std::string body = page(target, &rouhani_);
    EXPECT_THAT(body, Not(HasSubstr("<script>"))) << target;
    EXPECT_THAT(body, Not(HasSubstr("<img"))) << target;
    EXPECT_THAT(body, Not(HasSubstr("href=\"javascript"))) << target;
    EXPECT_THAT(body, Not(HasSubstr("\"' onx"))) << target;
  }
  const std::string settings = page("/settings", &jack_);
  EXPECT_THAT(settings, AllOf(Not(HasSubstr("<script>")), HasSubstr("&lt;script&gt;")));
}

TEST_F(WebPostValuesTest, every_piece_of_text_finds_its_own_direction_and_its_language_is_said) {
  site_.post("/posts", {{"text", "سلام @Jack، #می‌خواهم"}, {"language", "fa"}}, rouhani_);
  const std::string body = page("/");
  EXPECT_THAT(body, HasSubstr("<div class=\"text\" dir=\"auto\" lang=\"fa\"><p>سلام"));
  EXPECT_THAT(body, HasSubstr("<bdi>HassanRouhani</bdi>"));
  EXPECT_THAT(body, HasSubstr("href=\"/tags/%D9%85%DB%8C%E2%80%8C"));
}

}  // namespace
}  // namespace hoopoe::web
