#include "app/edit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/follow.h"
#include "app/notifications.h"
#include "app/publish.h"
#include "app/react.h"
#include "app/timelines.h"
#include "tests/support/live_reader.h"
#include "tests/support/test_square.h"

namespace hoopoe::app {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using tests::refusal_of;

class EditTest : public testing::Test {
 protected:
  PostView edit(const Actor& actor, PostId id, std::string text, std::optional<Visibility> visibility = {}) {
    square_.clock().advance(std::chrono::seconds(1));
    return square_.run(edit_post(app_, actor, id, {.text = std::move(text), .visibility = visibility}));
  }
  std::vector<NotificationKind> told(const Actor& actor) {
    std::vector<NotificationKind> kinds;
    for (const auto& view : notifications(app_, actor.account, {}, {}).notifications) {
      kinds.push_back(view.notification.kind);
    }
    return kinds;
  }

  tests::TestSquare square_;
  App& app_ = square_.app();
  const Actor jack_ = square_.person("jack");
  const Actor farah_ = square_.person("farah");
  const Actor sara_ = square_.person("sara");
};

TEST_F(EditTest, other_words_are_shown_and_the_old_ones_stay_in_the_history_with_who_liked_them) {
  const PostId id = square_.publish(jack_, "tea #morning").post->id;
  square_.run(favourite(app_, farah_, id));
  const PostView after = edit(jack_, id, "coffee #evening");
  EXPECT_EQ(after.post->text, "coffee #evening");
  EXPECT_TRUE(after.post->edited.has_value());
  square_.run(favourite(app_, sara_, id));
  square_.run(repost(app_, sara_, id, Visibility::everyone));
  EXPECT_THAT(tag_timeline(app_, anonymous, "morning", {}).posts, IsEmpty());
  EXPECT_THAT(tag_timeline(app_, anonymous, "evening", {}).posts, SizeIs(1));
  const History found = history(app_, anonymous, id);
  ASSERT_THAT(found.versions, SizeIs(2));
  EXPECT_EQ(found.versions[0].revision.text, "tea #morning");
  EXPECT_EQ(found.versions[0].tally.favourites, 1);
  EXPECT_EQ(found.versions[0].tally.reposts, 0);
  EXPECT_EQ(found.versions[1].tally.favourites, 1);
  EXPECT_EQ(found.versions[1].tally.reposts, 1);
}

TEST_F(EditTest, nothing_changes_when_all_is_as_before) {
  const PostId id = square_.publish(jack_, "tea").post->id;
  EXPECT_FALSE(edit(jack_, id, "tea").post->edited.has_value());
  EXPECT_THAT(history(app_, anonymous, id).versions, SizeIs(1));
}

TEST_F(EditTest, only_the_author_edits_and_only_what_may_be_published) {
  const PostId id = square_.publish(jack_, "tea").post->id;
  const PostId again = square_.run(repost(app_, jack_, id, Visibility::everyone)).post->id;
  const auto refused = [&](const Actor& actor, PostId post, std::string text) {
    return square_.refusal(edit_post(app_, actor, post, {.text = std::move(text)}));
  };
  EXPECT_EQ(refused(farah_, id, "mine"), RefusalKind::not_found);
  EXPECT_EQ(refused(jack_, again, "mine"), RefusalKind::not_found);
  EXPECT_EQ(refused(jack_, PostId{5}, "mine"), RefusalKind::not_found);
  EXPECT_EQ(refused(jack_, id, ""), RefusalKind::invalid);
  EXPECT_EQ(refused(jack_, id, std::string(141, 'x')), RefusalKind::invalid);
  square_.run(delete_post(app_, jack_, id));
  EXPECT_EQ(refused(jack_, id, "back"), RefusalKind::gone);
  EXPECT_EQ(refusal_of([&] { history(app_, anonymous, id); }), RefusalKind::gone);
}

TEST_F(EditTest, the_newly_named_and_those_who_reposted_are_told_once) {
  const PostId id = square_.publish(jack_, "@farah tea").post->id;
  square_.run(repost(app_, sara_, id, Visibility::everyone));
  edit(jack_, id, "@farah coffee");
  edit(jack_, id, "@farah @sara cocoa");
  EXPECT_THAT(told(farah_), ElementsAre(NotificationKind::mention));
  EXPECT_THAT(told(sara_), testing::UnorderedElementsAre(NotificationKind::edit, NotificationKind::mention));
}

TEST_F(EditTest, with_fewer_readers_it_is_gone_for_the_others_with_its_history_and_its_place_in_counts) {
  const PostId root = square_.publish(farah_, "root").post->id;
  square_.live().start();
  tests::LiveReader everyone(square_.live(), tests::everyone_channel());
  const PostId id = square_.publish(jack_, "canary", root).post->id;
  tests::settle(square_.live());
  edit(jack_, id, "canary indeed", Visibility::mentioned);
  tests::settle(square_.live());
  EXPECT_THAT(everyone.take(), ElementsAre("published " + id.str(), "deleted " + id.str()));
  EXPECT_EQ(refusal_of([&] { history(app_, sara_.account, id); }), RefusalKind::not_found);
  EXPECT_THAT(public_timeline(app_, anonymous, {}).posts, SizeIs(1));
  const PostView seen =
      square_.db().read([&](store::Read& read) { return view_post(read, anonymous, root); });
  EXPECT_EQ(seen.counts.replies, 0);
  edit(jack_, id, "canary again", Visibility::everyone);
  tests::settle(square_.live());
  EXPECT_THAT(everyone.take(), ElementsAre("edited " + id.str()));
  EXPECT_THAT(history(app_, jack_.account, id).versions, SizeIs(3));
  EXPECT_THAT(history(app_, sara_.account, id).versions, SizeIs(2)) << "not what was for the mentioned";
}

TEST_F(EditTest, streams_hear_of_other_words_where_they_heard_of_the_post) {
  square_.run(follow(app_, farah_, jack_.account, {}));
  square_.live().start();
  tests::LiveReader home(square_.live(), tests::home_channel(farah_.account), farah_);
  tests::LiveReader stranger(square_.live(), tests::home_channel(sara_.account), sara_);
  const PostId id = square_.publish(jack_, "tea").post->id;
  edit(jack_, id, "coffee");
  tests::settle(square_.live());
  EXPECT_THAT(home.take(), ElementsAre("published " + id.str(), "edited " + id.str()));
  EXPECT_THAT(stranger.take(), IsEmpty());
}

TEST_F(EditTest, words_stay_with_those_whom_they_were_for) {
  const auto versions = [&](const Actor& reader, PostId id) {
    std::vector<std::string> said;
    for (const Version& version : history(app_, reader.account, id).versions) {
      said.push_back(version.revision.text);
    }
    return said;
  };
  const PostId id =
      square_.publish(jack_, {.text = "@farah secret", .visibility = Visibility::mentioned}).post->id;
  edit(jack_, id, "@farah @sara all is well");
  EXPECT_THAT(versions(jack_, id), SizeIs(2));
  EXPECT_THAT(versions(sara_, id), ElementsAre("@farah @sara all is well"));
  edit(jack_, id, "for my followers", Visibility::followers);
  square_.run(follow(app_, sara_, jack_.account, {}));
  EXPECT_THAT(versions(sara_, id), ElementsAre("for my followers"));
  edit(jack_, id, "and once more");
  EXPECT_THAT(versions(sara_, id), ElementsAre("for my followers", "and once more"));
  edit(jack_, id, "for all", Visibility::everyone);
  EXPECT_THAT(versions({}, id), ElementsAre("for all"));
}

TEST_F(EditTest, a_post_is_not_edited_for_ever) {
  const PostId id = square_.publish(jack_, "0").post->id;
  for (int i = 1; i < 100; ++i) edit(jack_, id, std::to_string(i));
  EXPECT_EQ(square_.refusal(edit_post(app_, jack_, id, {.text = "once more"})), RefusalKind::invalid);
  EXPECT_THAT(history(app_, anonymous, id).versions, SizeIs(100));
}

}  // namespace
}  // namespace hoopoe::app
