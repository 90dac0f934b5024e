#include "app/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/people.h"
#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class WebRulesTest : public PageTest {
 protected:
  WebRulesTest() {
    site_.app().db.write_blocking(
        [&](store::Write& write) { store::people::set_role(write, keeper_.actor.person, Role::moderator); });
  }
  net::Response send(TestSite::Form form) {
    return site_.post("/moderation/rules", std::move(form), keeper_);
  }

  Somebody keeper_ = site_.join("keeper");
};

TEST_F(WebRulesTest, a_rule_is_tried_before_it_is_added) {
  site_.say(jack_, "the best <casino> in town");
  site_.say(mina_, "good evening");
  TestSite::Form rule{{"do", "refuse"}, {"words", "casino\r\nlottery"}, {"age", "24"}, {"message", "No"}};
  rule.emplace_back("act", "try");
  const net::Response tried = send(rule);
  EXPECT_EQ(tried.status, 200);
  EXPECT_THAT(tried.body,
              AllOf(HasSubstr("Of the 2 newest public posts it would have caught 1."),
                    HasSubstr("the best &lt;casino&gt; in town"), HasSubstr("casino\r\nlottery</textarea>"),
                    HasSubstr("value=\"24\""), HasSubstr("value=\"refuse\" selected")));
  EXPECT_THAT(page("/moderation/rules", &keeper_), Not(HasSubstr("casino,")));
  rule.back() = {"act", "add"};
  EXPECT_EQ(header(send(rule), "Location"), "/moderation/rules");
  const std::string added = page("/moderation/rules", &keeper_);
  EXPECT_THAT(added, HasSubstr("refuse: words casino, lottery; age below 24 h; message “No”"));

  const net::Response refused = site_.post("/posts", {{"text", "to the casino"}}, mina_);
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, AllOf(HasSubstr("No</p>"), HasSubstr("to the casino")));

  const std::size_t at = added.find("name=\"rule\" value=\"") + 19;
  const std::string id = added.substr(at, added.find('"', at) - at);
  EXPECT_EQ(send({{"act", "remove"}, {"rule", id}}).status, 303);
  EXPECT_EQ(site_.post("/posts", {{"text", "to the casino"}}, mina_).status, 303);
  EXPECT_EQ(send({{"act", "remove"}, {"rule", id}}).status, 404);
}

TEST_F(WebRulesTest, what_is_wrong_with_a_rule_stands_beside_what_was_typed) {
  for (const char* act : {"add", "try"}) {
    const net::Response refused = send({{"act", act}, {"do", "hold"}, {"sites", "https://spam.example"}});
    EXPECT_EQ(refused.status, 422) << act;
    EXPECT_THAT(refused.body,
                AllOf(HasSubstr("is not the name of a site"), HasSubstr("https://spam.example</textarea>")))
        << act;
  }
  EXPECT_EQ(send({{"act", "add"}, {"do", "hold"}, {"links", "many"}}).status, 400);
  EXPECT_EQ(send({{"act", "add"}, {"do", "hold"}, {"links", "99999999999"}}).status, 422);
  EXPECT_EQ(send({{"act", "add"}, {"links", "1"}}).status, 400);
  EXPECT_EQ(send({{"act", "fly"}, {"do", "hold"}, {"links", "1"}}).status, 400);
}

}  // namespace
}  // namespace hoopoe::web
