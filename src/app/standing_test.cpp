#include "app/standing.h"

#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/accounts.h"
#include "app/follow.h"
#include "app/publish.h"
#include "app/react.h"
#include "app/sign_up.h"
#include "tests/support/test_square.h"

namespace hoopoe::app {
namespace {

class Standing : public testing::Test {
 protected:
  // Why each act that changes something is refused to this actor.
  void expect_all_refused(const Actor& actor, RefusalKind why = RefusalKind::forbidden) {
    App& app = square_.app();
    EXPECT_EQ(square_.refusal(publish(app, actor, {.text = "words"})), why);
    EXPECT_EQ(square_.refusal(follow(app, actor, jack_.account, {})), why);
    EXPECT_EQ(square_.refusal(unfollow(app, actor, jack_.account)), why);
    EXPECT_EQ(square_.refusal(favourite(app, actor, post_)), why);
    EXPECT_EQ(square_.refusal(undo_favourite(app, actor, post_)), why);
    EXPECT_EQ(square_.refusal(repost(app, actor, post_, Visibility::everyone)), why);
    EXPECT_EQ(square_.refusal(undo_repost(app, actor, post_)), why);
    EXPECT_EQ(square_.refusal(delete_post(app, actor, post_)), why);
    EXPECT_EQ(square_.refusal(update_profile(app, actor, {.bio = "spam"})), why);
  }

  tests::TestSquare square_;
  const Actor jack_ = square_.person("jack");
  const PostId post_ = square_.publish(jack_, "hello").post->id;
};

TEST_F(Standing, the_suspended_change_nothing_though_they_hold_on_to_a_token) {
  const Actor sara = square_.person("sara");
  square_.db().write_blocking([&](store::Write& write) { suspend(write, sara.account); });
  expect_all_refused(sara);
}

TEST_F(Standing, who_was_signed_out_meanwhile_changes_nothing) {
  Actor by_session = jack_;
  by_session.session = SessionId{5};
  expect_all_refused(by_session, RefusalKind::unauthorized);
  Actor by_token = jack_;
  by_token.token = TokenId{5};
  expect_all_refused(by_token, RefusalKind::unauthorized);
}

TEST_F(Standing, who_waits_for_approval_changes_nothing) {
  square_.app().sign_up_mode = SignUpMode::approval;
  const NewAccount made = square_.run(sign_up(square_.app(), {.handle = "sara",
                                                              .email = "sara@example.org",
                                                              .password = "long enough",
                                                              .reason = {},
                                                              .invite = {}}));
  EXPECT_FALSE(made.approved);
  Actor sara = jack_;
  sara.person = made.person;
  sara.account = made.account;
  expect_all_refused(sara);
}

TEST_F(Standing, nobody_acts_as_an_account_that_is_not_theirs) {
  Actor impostor = square_.person("sara");
  impostor.account = jack_.account;
  expect_all_refused(impostor);
}

}  // namespace
}  // namespace hoopoe::app
