#include "app/notifications.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/edit.h"
#include "app/follow.h"
#include "app/publish.h"
#include "app/react.h"
#include "tests/support/test_square.h"

namespace hoopoe::app {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Kind = NotificationKind;

class NotificationsTest : public testing::Test {
 protected:
  std::vector<Kind> told(const Actor& actor) {
    std::vector<Kind> kinds;
    for (const auto& view : notifications(square_.app(), actor.account, {}, {}).notifications) {
      kinds.push_back(view.notification.kind);
    }
    return kinds;
  }

  tests::TestSquare square_;
  const Actor jack_ = square_.person("jack");
  const Actor farah_ = square_.person("farah");
};

TEST_F(NotificationsTest, people_are_told_of_what_is_done_to_them_and_of_its_undoing_by_silence) {
  const PostId post = square_.publish(jack_, "tea").post->id;
  square_.run(follow(square_.app(), farah_, jack_.account, {}));
  square_.publish(farah_, "which?", post);
  square_.run(favourite(square_.app(), farah_, post));
  square_.run(repost(square_.app(), farah_, post, Visibility::everyone));
  EXPECT_THAT(told(jack_), ElementsAre(Kind::repost, Kind::favourite, Kind::mention, Kind::follow));
  EXPECT_THAT(told(farah_), IsEmpty());
  square_.run(undo_repost(square_.app(), farah_, post));
  square_.run(undo_favourite(square_.app(), farah_, post));
  EXPECT_THAT(told(jack_), ElementsAre(Kind::mention, Kind::follow));
}

TEST_F(NotificationsTest, nobody_is_told_of_a_post_that_they_may_not_read) {
  const PostId post = square_.publish(jack_, "tea").post->id;
  square_.publish(farah_, {.text = "canary", .visibility = Visibility::followers, .reply_to = post});
  square_.publish(farah_, {.text = "canary", .visibility = Visibility::mentioned, .reply_to = post});
  EXPECT_THAT(notifications(square_.app(), jack_.account, {}, {}).covered, IsEmpty())
      << "a row that is never shown tells by the pages around it";
  square_.publish(farah_, {.text = "@jack a word", .visibility = Visibility::mentioned});
  EXPECT_THAT(told(jack_), ElementsAre(Kind::mention));
  square_.run(follow(square_.app(), jack_, farah_.account, {}));
  square_.publish(farah_, {.text = "for mine", .visibility = Visibility::followers, .reply_to = post});
  EXPECT_THAT(told(jack_), ElementsAre(Kind::mention, Kind::mention));
}

TEST_F(NotificationsTest, an_answer_that_is_edited_is_told_of_once) {
  const PostId post = square_.publish(jack_, "tea").post->id;
  const PostId answer = square_.publish(farah_, {.text = "yes", .reply_to = post}).post->id;
  square_.run(clear_notifications(square_.app(), jack_));
  square_.run(edit_post(square_.app(), farah_, answer, {.text = "no"}));
  EXPECT_THAT(told(jack_), IsEmpty());
  const PostId aside =
      square_.publish(farah_, {.text = "hm", .visibility = Visibility::followers, .reply_to = post}).post->id;
  EXPECT_THAT(told(jack_), IsEmpty());
  square_.run(edit_post(square_.app(), farah_, aside, {.text = "hm", .visibility = Visibility::everyone}));
  EXPECT_THAT(told(jack_), ElementsAre(Kind::mention)) << "now it is theirs to read";
}

TEST_F(NotificationsTest, one_dismisses_and_clears_ones_own_alone) {
  square_.run(follow(square_.app(), farah_, jack_.account, {}));
  const NotificationId id = notifications(square_.app(), jack_.account, {}, {}).covered.front();
  EXPECT_EQ(square_.refusal(dismiss_notification(square_.app(), farah_, id)), RefusalKind::not_found);
  square_.run(clear_notifications(square_.app(), farah_));
  EXPECT_THAT(told(jack_), ElementsAre(Kind::follow));
  square_.run(dismiss_notification(square_.app(), jack_, id));
  EXPECT_THAT(told(jack_), IsEmpty());
}

TEST_F(NotificationsTest, who_asked_to_be_told_is_told_of_what_is_for_all_and_no_reply) {
  square_.run(follow(square_.app(), farah_, jack_.account, {.notifying = true}));
  const PostId post = square_.publish(jack_, "tea").post->id;
  square_.publish(jack_, "and cake", post);
  square_.publish(jack_, {.text = "a word", .visibility = Visibility::followers});
  EXPECT_THAT(told(farah_), ElementsAre(Kind::post));
  square_.run(delete_post(square_.app(), jack_, post));
  EXPECT_THAT(told(farah_), IsEmpty());
}

TEST_F(NotificationsTest, the_unread_are_those_after_the_mark) {
  App& app = square_.app();
  square_.publish(farah_, "@jack one");
  square_.publish(farah_, "@jack two");
  EXPECT_EQ(unread_notifications(app, jack_.account, {}, 100), 2);
  EXPECT_EQ(unread_notifications(app, jack_.account, {}, 1), 1);
  const auto covered = notifications(app, jack_.account, {}, {}).covered;
  const auto set = square_.run(set_markers(app, jack_, {{"notifications", covered.back().value}}));
  EXPECT_EQ(set.at(0).second.version, 1);
  EXPECT_EQ(unread_notifications(app, jack_.account, {}, 100), 1);
  EXPECT_EQ(
      square_.run(set_markers(app, jack_, {{"notifications", covered.front().value}})).at(0).second.version,
      2);
  EXPECT_EQ(unread_notifications(app, jack_.account, {}, 100), 0);
}

}  // namespace
}  // namespace hoopoe::app
