#include "app/block.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/accounts.h"
#include "app/conversation.h"
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

class BlockTest : public testing::Test {
 protected:
  template <class List>
  std::vector<PostId> ids(const List& posts) {
    std::vector<PostId> ids;
    for (const auto& view : posts) ids.push_back(view.post->id);
    return ids;
  }
  std::vector<PostId> everyone(Viewer viewer) { return ids(public_timeline(app_, viewer, {}).posts); }
  std::vector<NotificationView> told(const Actor& actor) {
    return notifications(app_, actor.account, {}, {}).notifications;
  }
  PostId publish(const Actor& actor, std::string_view text) { return square_.publish(actor, text).post->id; }

  tests::TestSquare square_;
  App& app_ = square_.app();
  const Actor jack_ = square_.person("jack");
  const Actor farah_ = square_.person("farah");
  const Actor sara_ = square_.person("sara");
};

TEST_F(BlockTest, a_block_undoes_what_the_two_follow_and_forbids_it_from_either_side) {
  square_.run(follow(app_, farah_, jack_.account, {}));
  square_.run(follow(app_, jack_, farah_.account, {}));
  const Relation made = square_.run(block(app_, jack_, farah_.account));
  EXPECT_TRUE(made.blocking);
  EXPECT_FALSE(made.following || made.followed_by);
  EXPECT_THAT(told(jack_), IsEmpty());
  for (const auto& [one, other] : {std::pair(jack_, farah_), std::pair(farah_, jack_)}) {
    EXPECT_EQ(square_.refusal(follow(app_, one, other.account, {})), RefusalKind::forbidden);
  }
  EXPECT_THAT(blocked_accounts(app_, jack_.account, {}).accounts, SizeIs(1));
  EXPECT_FALSE(square_.run(unblock(app_, jack_, farah_.account)).blocking);
  EXPECT_TRUE(square_.run(follow(app_, farah_, jack_.account, {})).following);
}

TEST_F(BlockTest, neither_reads_the_other_and_everyone_else_reads_both) {
  const PostId by_jack = publish(jack_, "tea");
  const PostId by_farah = publish(farah_, "coffee");
  const PostId again = square_.run(repost(app_, sara_, by_jack, Visibility::everyone)).post->id;
  square_.run(favourite(app_, farah_, by_jack));
  square_.run(block(app_, jack_, farah_.account));
  EXPECT_THAT(everyone(farah_.account), ElementsAre(by_farah));
  EXPECT_THAT(everyone(jack_.account), ElementsAre(by_jack));
  EXPECT_THAT(everyone(anonymous), ElementsAre(by_farah, by_jack));
  EXPECT_THAT(author_timeline(app_, farah_.account, sara_.account, {}, {}).posts, IsEmpty());
  EXPECT_THAT(ids(author_timeline(app_, anonymous, sara_.account, {}, {}).posts), ElementsAre(again));
  EXPECT_EQ(square_.refusal(favourite(app_, farah_, again)), RefusalKind::not_found);
  EXPECT_EQ(square_.refusal(app::publish(app_, jack_, {.text = "hm", .reply_to = by_farah})),
            RefusalKind::not_found);
  EXPECT_EQ(refusal_of([&] { conversation(app_, farah_.account, by_jack); }), RefusalKind::not_found);
  EXPECT_THAT(favourited_by(app_, jack_.account, by_jack, {}).accounts, IsEmpty());
  EXPECT_THAT(favourited_by(app_, sara_.account, by_jack, {}).accounts, SizeIs(1));
  EXPECT_THAT(search_accounts(app_, jack_.account, "farah", 5), IsEmpty());
  EXPECT_THAT(search_accounts(app_, sara_.account, "farah", 5), SizeIs(1));
}

TEST_F(BlockTest, the_blocked_are_not_heard_of_by_name_by_notification_or_in_a_word_to_oneself) {
  publish(farah_, "@jack before");
  EXPECT_THAT(told(jack_), SizeIs(1));
  square_.run(block(app_, jack_, farah_.account));
  EXPECT_THAT(told(jack_), IsEmpty());
  publish(farah_, "@jack after");
  const PostId secret =
      square_.publish(farah_, {.text = "@jack psst", .visibility = Visibility::mentioned}).post->id;
  EXPECT_THAT(told(jack_), IsEmpty());
  EXPECT_EQ(square_.refusal(favourite(app_, jack_, secret)), RefusalKind::not_found);
  square_.run(unblock(app_, jack_, farah_.account));
  EXPECT_THAT(told(jack_), SizeIs(1)) << "what came while the block stood stays unheard";
}

TEST_F(BlockTest, the_blocked_shout_into_nobodys_live_page) {
  publish(jack_, "@farah hello");
  square_.live().start();
  const Channel page{.kind = Channel::Kind::account, .account = jack_.account, .tag = {}};
  tests::LiveReader anyone(square_.live(), page);
  const PostId before = publish(farah_, "@jack hello");
  tests::settle(square_.live());
  square_.run(block(app_, jack_, farah_.account));
  publish(farah_, "@jack HELLO");
  tests::settle(square_.live());
  EXPECT_THAT(anyone.take(), ElementsAre("published " + before.str()));
  EXPECT_THAT(live_timeline(app_, anonymous, jack_.account, {}).posts, SizeIs(1));
}

TEST_F(BlockTest, a_muted_account_is_left_out_of_what_comes_by_itself_and_found_where_one_looks) {
  square_.run(follow(app_, jack_, farah_.account, {}));
  const PostId root = publish(sara_, "who has tea?");
  const PostId reply = square_.publish(farah_, "@jack I do #tea", root).post->id;
  const PostId again = square_.run(repost(app_, farah_, root, Visibility::everyone)).post->id;
  EXPECT_THAT(ids(home(app_, jack_.account, {}).posts), ElementsAre(again));
  const Relation made = square_.run(mute(app_, jack_, farah_.account, {}));
  EXPECT_TRUE(made.mute && made.following);
  EXPECT_THAT(home(app_, jack_.account, {}).posts, IsEmpty());
  EXPECT_THAT(everyone(jack_.account), ElementsAre(root));
  EXPECT_THAT(tag_timeline(app_, jack_.account, "tea", {}).posts, IsEmpty());
  EXPECT_THAT(told(jack_), IsEmpty());
  EXPECT_THAT(conversation(app_, jack_.account, root).descendants, IsEmpty());
  EXPECT_THAT(ids(author_timeline(app_, jack_.account, farah_.account, {}, {}).posts),
              ElementsAre(again, reply));
  square_.run(favourite(app_, jack_, reply));
  EXPECT_THAT(muted_accounts(app_, jack_.account, {}).accounts, SizeIs(1));
  EXPECT_THAT(everyone(farah_.account), SizeIs(2)) << "who is muted does not learn of it";
  square_.run(unmute(app_, jack_, farah_.account));
  EXPECT_THAT(ids(home(app_, jack_.account, {}).posts), ElementsAre(again));
}

TEST_F(BlockTest, a_mute_may_let_notifications_through_and_may_end) {
  const Time end = square_.clock().now() + std::chrono::hours(1);
  square_.run(mute(app_, jack_, farah_.account, {.notifications_hidden = false, .expires = end}));
  publish(farah_, "@jack hello");
  EXPECT_THAT(told(jack_), SizeIs(1));
  EXPECT_THAT(everyone(jack_.account), IsEmpty());
  square_.clock().advance(std::chrono::hours(1));
  EXPECT_THAT(everyone(jack_.account), SizeIs(1));
}

TEST_F(BlockTest, streams_leave_out_the_blocked_and_the_muted_for_their_viewer_alone) {
  square_.live().start();
  tests::LiveReader jack(square_.live(), tests::everyone_channel(), jack_);
  tests::LiveReader sara(square_.live(), tests::everyone_channel(), sara_);
  tests::LiveReader nobody(square_.live(), tests::everyone_channel());
  square_.run(mute(app_, jack_, farah_.account, {}));
  square_.run(block(app_, farah_, sara_.account));
  const std::string heard = "published " + publish(farah_, "tea").str();
  tests::settle(square_.live());
  EXPECT_THAT(jack.take(), IsEmpty());
  EXPECT_THAT(sara.take(), IsEmpty());
  EXPECT_THAT(nobody.take(), ElementsAre(heard));
  tests::LiveReader resumed(square_.live(), tests::everyone_channel(), jack_, EventId{1});
  tests::LiveReader anyone(square_.live(), tests::everyone_channel(), {}, EventId{1});
  tests::settle(square_.live());
  EXPECT_THAT(resumed.take(), testing::Not(testing::Contains(heard)));
  EXPECT_THAT(anyone.take(), SizeIs(1));
}

TEST_F(BlockTest, nobody_blocks_or_mutes_themselves_or_nobody) {
  EXPECT_EQ(square_.refusal(block(app_, jack_, jack_.account)), RefusalKind::forbidden);
  EXPECT_EQ(square_.refusal(mute(app_, jack_, jack_.account, {})), RefusalKind::forbidden);
  EXPECT_EQ(square_.refusal(block(app_, jack_, AccountId{5})), RefusalKind::not_found);
  EXPECT_EQ(square_.refusal(mute(app_, jack_, AccountId{5}, {})), RefusalKind::not_found);
}

}  // namespace
}  // namespace hoopoe::app
