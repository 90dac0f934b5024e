#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/rules.h"
#include "store/held_posts.h"
#include "store/people.h"
#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class WebHeldTest : public PageTest {
 protected:
  WebHeldTest() {
    site_.app().db.write_blocking([&](store::Write& write) {
      store::people::set_role(write, keeper_.actor.person, Role::moderator);
      app::add_rule(write, {.words = {"offer"}}, {});
    });
  }
  net::Response publish(const std::string& text) { return site_.post("/posts", {{"text", text}}, jack_); }
  std::string waiting() {
    const auto held = site_.app().db.read(
        [&](store::Read& read) { return store::held_posts::of_author(read, jack_.actor.account); });
    return held.empty() ? "" : held.front().id.str();
  }

  Somebody keeper_ = site_.join("keeper");
};

TEST_F(WebHeldTest, an_author_is_led_to_what_waits_and_may_take_it_back) {
  EXPECT_EQ(header(publish("my <offer>"), "Location"), "/held");
  EXPECT_THAT(page("/held", &jack_), HasSubstr("my &lt;offer&gt;"));
  EXPECT_THAT(page("/@jack"), Not(HasSubstr("offer")));
  EXPECT_THAT(page("/held", &mina_), AllOf(Not(HasSubstr("offer")), HasSubstr("None of your posts waits")));
  EXPECT_EQ(site_.post("/held/" + waiting() + "/withdraw", {}, mina_).status, 404);
  EXPECT_EQ(header(site_.post("/held/" + waiting() + "/withdraw", {}, jack_), "Location"), "/held");
  EXPECT_EQ(waiting(), "");
}

TEST_F(WebHeldTest, a_moderator_publishes_it) {
  publish("my offer");
  EXPECT_THAT(page("/moderation/held", &keeper_), AllOf(HasSubstr("my offer"), HasSubstr("@jack")));
  EXPECT_EQ(header(site_.post("/moderation/held/" + waiting(), {{"act", "release"}}, keeper_), "Location"),
            "/moderation/held");
  EXPECT_THAT(page("/@jack"), HasSubstr("my offer"));
  EXPECT_THAT(page("/moderation/held", &keeper_), HasSubstr("Nothing waits"));
}

TEST_F(WebHeldTest, a_moderator_turns_it_down_and_the_author_reads_why) {
  publish("my offer");
  const std::string path = "/moderation/held/" + waiting();
  EXPECT_EQ(site_.post(path, {{"act", "fly"}}, keeper_).status, 400);
  EXPECT_EQ(site_.post(path, {{"act", "turn-down"}, {"reason", "no ads"}}, keeper_).status, 303);
  EXPECT_THAT(page("/notifications", &jack_),
              AllOf(HasSubstr("was not let through"), HasSubstr("no ads"), HasSubstr("my offer")));
  EXPECT_THAT(page("/@jack"), Not(HasSubstr("my offer")));
  EXPECT_EQ(site_.post(path, {{"act", "release"}}, keeper_).status, 404);
}

TEST_F(WebHeldTest, what_can_no_longer_be_said_is_told_to_the_moderator) {
  const PostId root = site_.say(mina_, "what is new?");
  site_.post("/posts", {{"text", "my offer"}, {"reply_to", root.str()}}, jack_);
  site_.run(app::delete_post(site_.app(), mina_.actor, root));
  const net::Response refused = site_.post("/moderation/held/" + waiting(), {{"act", "release"}}, keeper_);
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, AllOf(HasSubstr("my offer"), HasSubstr("no longer there")));
}

}  // namespace
}  // namespace hoopoe::web
