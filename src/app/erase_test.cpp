#include "app/erase.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/accounts.h"
#include "app/block.h"
#include "app/follow.h"
#include "app/keep.h"
#include "app/moderate.h"
#include "app/notifications.h"
#include "app/publish.h"
#include "app/react.h"
#include "app/timelines.h"
#include "store/accounts.h"
#include "store/favourites.h"
#include "store/posts.h"
#include "tests/support/derived_counts.h"
#include "tests/support/random_history.h"
#include "tests/support/test_square.h"

namespace hoopoe::app {
namespace {

using testing::IsEmpty;
using tests::leftovers;
using tests::rows;
using tests::wrong_counts;

TEST(ErasePost, after_any_history_counts_equal_a_recount_and_nothing_speaks_of_the_deleted) {
  for (unsigned seed = 1; seed <= 3; ++seed) {
    tests::TestSquare square;
    tests::RandomHistory history(square, seed);
    for (int i = 0; i < 400; ++i) history.step();
    EXPECT_THAT(rows(square.db(), wrong_counts), IsEmpty()) << seed;
    EXPECT_THAT(rows(square.db(), leftovers), IsEmpty()) << seed;
    square.clock().advance(takedown_undoable + milliseconds(1));
    EXPECT_FALSE(square.db().write_blocking(erase_old_takedowns));
    EXPECT_THAT(rows(square.db(), "select 'kept', post_id from takedowns"), IsEmpty()) << seed;
    EXPECT_THAT(rows(square.db(), wrong_counts), IsEmpty()) << seed;
    EXPECT_THAT(rows(square.db(), leftovers), IsEmpty()) << seed;
    EXPECT_GT(history.posts().size(), 100U);
  }
}

class ErasePostTest : public testing::Test {
 protected:
  tests::TestSquare square_;
  const Actor jack_ = square_.person("jack");
  const Actor farah_ = square_.person("farah");
};

TEST_F(ErasePostTest, reposts_notifications_and_favourites_go_with_a_post) {
  const PostId post = square_.publish(jack_, "@farah look").post->id;
  square_.run(repost(square_.app(), farah_, post, Visibility::everyone));
  square_.run(favourite(square_.app(), farah_, post));
  EXPECT_EQ(notifications(square_.app(), jack_.account, {}, {}).notifications.size(), 2U);
  EXPECT_EQ(notifications(square_.app(), farah_.account, {}, {}).notifications.size(), 1U);
  square_.run(delete_post(square_.app(), jack_, post));
  for (const Actor& actor : {jack_, farah_}) {
    EXPECT_THAT(notifications(square_.app(), actor.account, {}, {}).covered, IsEmpty());
    EXPECT_THAT(home(square_.app(), actor.account, {}).covered, IsEmpty());
  }
  EXPECT_THAT(rows(square_.db(), leftovers), IsEmpty());
}

TEST_F(ErasePostTest, twice_is_once_and_of_nothing_nothing) {
  const PostId post = square_.publish(jack_, "once").post->id;
  for (int i = 0; i < 2; ++i) {
    square_.db().write_blocking([&](store::Write& write) {
      erase_post(write, post);
      erase_post(write, PostId{5});
    });
  }
  EXPECT_THAT(rows(square_.db(), wrong_counts), IsEmpty());
}

TEST_F(ErasePostTest, what_many_reposted_is_gone_at_once_and_erased_in_slices) {
  const PostId post = square_.publish(jack_, "everybody").post->id;
  constexpr int many = 120;  // more than two slices
  square_.db().write_blocking([&](store::Write& write) {
    for (int i = 0; i < many; ++i) {
      const AccountId fan = store::accounts::insert(write, "fan" + std::to_string(i), "");
      store::posts::insert(
          write, {.post = {.author = fan, .repost_of = post}, .person = {}, .mentions = {}, .tags = {}});
      store::posts::add_to_count(write, post, store::posts::Count::reposts, 1);
      store::accounts::add_to_count(write, fan, store::accounts::Count::posts, 1);
      store::favourites::insert(write, fan, post);
    }
  });
  square_.run(delete_post(square_.app(), jack_, post));
  const AccountId first = account_by_address(square_.app(), "fan0").id;
  EXPECT_THAT(author_timeline(square_.app(), anonymous, first, {}, {}).posts, IsEmpty());
  int slices = 0;
  while (square_.db().write_blocking(finish_post_erasures)) ++slices;
  EXPECT_EQ(slices, 2);
  EXPECT_THAT(rows(square_.db(), leftovers), IsEmpty());
  EXPECT_THAT(rows(square_.db(), wrong_counts), IsEmpty());
  EXPECT_THAT(rows(square_.db(), "select 'later', post_id from post_erasures"), IsEmpty());
}

TEST_F(ErasePostTest, what_one_did_is_taken_back_also_of_what_one_can_no_longer_read) {
  App& app = square_.app();
  const PostId post = square_.publish(jack_, "tea").post->id;
  const PostId again = square_.run(repost(app, farah_, post, Visibility::everyone)).post->id;
  square_.run(favourite(app, farah_, post));
  square_.run(bookmark(app, farah_, post));
  square_.run(block(app, jack_, farah_.account));
  EXPECT_EQ(square_.refusal(undo_favourite(app, farah_, post)), RefusalKind::not_found);
  EXPECT_EQ(square_.refusal(undo_bookmark(app, farah_, post)), RefusalKind::not_found);
  EXPECT_THAT(favourited_by(app, anonymous, post, {}).accounts, IsEmpty());
  EXPECT_THAT(rows(square_.db(), "select 'kept', post_id from bookmarks"), IsEmpty());
  EXPECT_EQ(square_.refusal(delete_post(app, farah_, again)), std::nullopt);
  EXPECT_THAT(reposted_by(app, anonymous, post, {}).accounts, IsEmpty());
  EXPECT_EQ(square_.refusal(undo_favourite(app, farah_, PostId{7})), RefusalKind::not_found);
  EXPECT_EQ(square_.refusal(delete_post(app, farah_, post)), RefusalKind::not_found);
}

}  // namespace
}  // namespace hoopoe::app
