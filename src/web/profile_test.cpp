#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/accounts.h"
#include "web/pages.h"
#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

using WebProfileTest = PageTest;

TEST_F(WebProfileTest, replies_have_a_tab_of_their_own) {
  const PostId question = site_.say(jack_, "a question");
  site_.say(mina_, "@jack an answer", question);
  site_.say(mina_, "a thought");
  EXPECT_THAT(page("/@MINA"), AllOf(HasSubstr("a thought"), Not(HasSubstr("an answer"))));
  EXPECT_THAT(page("/@mina/with-replies"), AllOf(HasSubstr("a thought"), HasSubstr("an answer")));
}

TEST_F(WebProfileTest, who_only_answers_is_not_silent) {
  site_.say(mina_, "@jack an answer", site_.say(jack_, "a question"));
  constexpr const char* with_replies = "/with-replies\" aria-current=\"page\"";
  EXPECT_THAT(page("/@mina"), AllOf(HasSubstr("an answer"), HasSubstr(with_replies)));
  EXPECT_THAT(page("/@jack"), Not(HasSubstr(with_replies)));
  EXPECT_THAT(page("/@HassanRouhani"), AllOf(HasSubstr("Nothing here yet."), Not(HasSubstr(with_replies))));
}

TEST_F(WebProfileTest, a_link_that_was_seen_to_link_back_says_so) {
  site_.post("/settings/profile",
             {{"display_name", "Mina"},
              {"field_name_0", "home"},
              {"field_value_0", "https://mina.example.org"},
              {"field_name_1", "work"},
              {"field_value_1", "https://work.example.org"}},
             mina_);
  const std::string before = page("/@mina");
  EXPECT_THAT(before,
              AllOf(HasSubstr("rel=\"nofollow noopener noreferrer me\""), Not(HasSubstr("This page says"))));
  site_.app().db.write_blocking([](store::Write& write) {
    store::accounts::set_checked(write, store::accounts::field_to_check(write).value(), true);
    store::accounts::set_checked(write, store::accounts::field_to_check(write).value(), false);
  });
  const std::string after = page("/@mina");
  EXPECT_TRUE(in_order(after, {"mina.example.org", "This page says that it is theirs", "work.example.org"}));
  EXPECT_EQ(after.find("This page says"), after.rfind("This page says"));
}

TEST_F(WebProfileTest, a_visitor_follows_and_the_owner_edits) {
  EXPECT_THAT(page("/@mina"), Not(HasSubstr("/follow\"")));
  EXPECT_THAT(page("/@mina", &jack_), HasSubstr("/follow\""));
  EXPECT_THAT(page("/@mina", &mina_), AllOf(HasSubstr("Edit profile"), Not(HasSubstr("/follow\""))));
  site_.post("/accounts/" + mina_.actor.account.str() + "/follow", {}, jack_);
  EXPECT_THAT(page("/@jack", &mina_), HasSubstr("follows you"));
  EXPECT_THAT(page("/@mina/followers"), HasSubstr("href=\"/@jack\""));
  EXPECT_THAT(page("/@jack/following"), HasSubstr("href=\"/@mina\""));
  EXPECT_THAT(page("/@jack/followers"), HasSubstr("Nobody yet."));
}

}  // namespace
}  // namespace hoopoe::web
