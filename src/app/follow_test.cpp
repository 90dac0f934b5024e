#include "app/follow.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/accounts.h"
#include "app/notifications.h"
#include "app/publish.h"
#include "app/react.h"
#include "tests/support/test_square.h"

namespace hoopoe::app {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

class FollowTest : public testing::Test {
 protected:
  std::vector<NotificationView> told(const Actor& actor) {
    return notifications(square_.app(), actor.account, {}, {}).notifications;
  }

  tests::TestSquare square_;
  const Actor jack_ = square_.person("jack");
  const Actor farah_ = square_.person("farah");
};

TEST_F(FollowTest, who_is_followed_is_told_once_and_not_after_it_is_undone) {
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(square_.run(follow(square_.app(), farah_, jack_.account, {})).following);
  }
  ASSERT_THAT(told(jack_), SizeIs(1));
  EXPECT_EQ(told(jack_)[0].notification.kind, NotificationKind::follow);
  EXPECT_FALSE(square_.run(unfollow(square_.app(), farah_, jack_.account)).following);
  EXPECT_THAT(told(jack_), IsEmpty());
}

TEST_F(FollowTest, a_locked_account_gets_a_request_and_no_follower) {
  square_.run(update_profile(square_.app(), jack_, {.locked = true}));
  const Relation relation = square_.run(follow(square_.app(), farah_, jack_.account, {}));
  EXPECT_TRUE(relation.requested);
  EXPECT_FALSE(relation.following);
  EXPECT_THAT(followers(square_.app(), anonymous, jack_.account, {}).accounts, IsEmpty());
  ASSERT_THAT(told(jack_), SizeIs(1));
  EXPECT_EQ(told(jack_)[0].notification.kind, NotificationKind::follow_request);
  const PostId secret =
      square_.publish(jack_, {.text = "for followers", .visibility = Visibility::followers}).post->id;
  EXPECT_EQ(square_.refusal(favourite(square_.app(), farah_, secret)), RefusalKind::not_found);
  EXPECT_FALSE(square_.run(unfollow(square_.app(), farah_, jack_.account)).requested);
  EXPECT_THAT(told(jack_), IsEmpty());
}

TEST_F(FollowTest, a_follower_from_before_the_lock_stays_one) {
  square_.run(follow(square_.app(), farah_, jack_.account, {}));
  square_.run(update_profile(square_.app(), jack_, {.locked = true}));
  const Relation relation =
      square_.run(follow(square_.app(), farah_, jack_.account, {.reposts_shown = false}));
  EXPECT_TRUE(relation.following);
  EXPECT_FALSE(relation.showing_reposts);
}

TEST_F(FollowTest, a_request_is_accepted_or_rejected_by_the_one_who_was_asked) {
  square_.run(update_profile(square_.app(), jack_, {.locked = true}));
  const Actor sara = square_.person("sara");
  square_.run(follow(square_.app(), farah_, jack_.account, {.reposts_shown = false}));
  square_.run(follow(square_.app(), sara, jack_.account, {}));
  EXPECT_THAT(follow_requests(square_.app(), jack_.account, {}).accounts, SizeIs(2));
  EXPECT_EQ(square_.refusal(answer_follow_request(square_.app(), sara, farah_.account, Verdict::accepted)),
            RefusalKind::not_found);
  EXPECT_TRUE(square_.run(answer_follow_request(square_.app(), jack_, farah_.account, Verdict::accepted))
                  .followed_by);
  EXPECT_FALSE(
      square_.run(answer_follow_request(square_.app(), jack_, sara.account, Verdict::rejected)).followed_by);
  EXPECT_THAT(told(jack_), IsEmpty());
  EXPECT_THAT(follow_requests(square_.app(), jack_.account, {}).accounts, IsEmpty());
  EXPECT_THAT(followers(square_.app(), anonymous, jack_.account, {}).accounts, SizeIs(1));
  EXPECT_EQ(square_.refusal(answer_follow_request(square_.app(), jack_, sara.account, Verdict::accepted)),
            RefusalKind::not_found);
}

TEST_F(FollowTest, who_opens_the_door_lets_in_all_who_wait) {
  square_.run(update_profile(square_.app(), jack_, {.locked = true}));
  square_.run(follow(square_.app(), farah_, jack_.account, {}));
  square_.run(update_profile(square_.app(), jack_, {.locked = false}));
  EXPECT_THAT(followers(square_.app(), anonymous, jack_.account, {}).accounts, SizeIs(1));
  EXPECT_THAT(told(jack_), IsEmpty());
}

TEST_F(FollowTest, a_follower_can_be_removed) {
  square_.run(follow(square_.app(), farah_, jack_.account, {}));
  EXPECT_FALSE(square_.run(remove_follower(square_.app(), jack_, farah_.account)).followed_by);
  EXPECT_THAT(followers(square_.app(), anonymous, jack_.account, {}).accounts, IsEmpty());
}

TEST_F(FollowTest, nobody_follows_themselves_or_nobody) {
  EXPECT_EQ(square_.refusal(follow(square_.app(), jack_, jack_.account, {})), RefusalKind::forbidden);
  EXPECT_EQ(square_.refusal(follow(square_.app(), jack_, AccountId{5}, {})), RefusalKind::not_found);
}

TEST_F(FollowTest, who_favourited_a_repost_is_who_favourited_what_it_shows) {
  const PostId original = square_.publish(jack_, "look").post->id;
  const PostId again = square_.run(repost(square_.app(), farah_, original, Visibility::everyone)).post->id;
  square_.run(favourite(square_.app(), farah_, again));
  for (const PostId id : {original, again}) {
    EXPECT_THAT(favourited_by(square_.app(), anonymous, id, {}).accounts, SizeIs(1));
    EXPECT_THAT(reposted_by(square_.app(), anonymous, id, {}).accounts, SizeIs(1));
  }
}

}  // namespace
}  // namespace hoopoe::app
