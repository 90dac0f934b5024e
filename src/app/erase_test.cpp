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
#include "tests/support/random_history.h"
#include "tests/support/test_square.h"

namespace hoopoe::app {
namespace {

using testing::IsEmpty;

// Every count that is kept, beside what it counts, where the two differ.
constexpr std::string_view wrong_counts =
    "select 'replies', post_id from post_counts c where replies <> "
    "(select count(*) from posts p where p.reply_to = c.post_id and p.deleted is null and p.visibility < 2) "
    "union all "
    "select 'reposts', post_id from post_counts c where reposts <> "
    "(select count(*) from posts p where p.repost_of = c.post_id and p.deleted is null and p.visibility < 2) "
    "union all "
    "select 'favourites', post_id from post_counts c where favourites <> "
    "(select count(*) from favourites f where f.post_id = c.post_id) union all "
    "select 'posts', account_id from account_counts c where posts <> "
    "(select count(*) from posts p where p.author_id = c.account_id and p.deleted is null and p.visibility < "
    "2) union all "
    "select 'followers', account_id from account_counts c where followers <> "
    "(select count(*) from follows f where f.target_id = c.account_id) union all "
    "select 'following', account_id from account_counts c where following <> "
    "(select count(*) from follows f where f.follower_id = c.account_id) union all "
    "select 'total posts', posts from totals where posts <> "
    "(select count(*) from posts where deleted is null and visibility < 2) union all "
    "select 'total accounts', accounts from totals where accounts <> "
    "(select count(*) from accounts where deleted is null)";

// What speaks of a post that is deleted, and not kept to be restored.
constexpr std::string_view leftovers =
    "with gone(post) as (select id from posts where deleted is not null and id not in (select post_id from "
    "takedowns)) "
    "select 'revisions', post from gone join revisions x on x.post_id = post "
    "union all select 'mentions', post from gone join mentions x on x.post_id = post "
    "union all select 'exchanges', post from gone join exchanges x on x.post_id = post "
    "union all select 'post_tags', post from gone join post_tags x on x.post_id = post "
    "union all select 'favourites', post from gone join favourites x on x.post_id = post "
    "union all select 'notifications', post from gone join notifications x on x.post_id = post "
    "union all select 'reposts', post from gone join posts r on r.repost_of = post and r.deleted is null "
    "union all select 'takedowns', t.post_id from takedowns t join posts p on p.id = t.post_id and p.deleted "
    "is null";

std::vector<std::string> rows(tests::TestSquare& square, std::string_view sql) {
  return square.db().read([&](store::Read& read) {
    return read.all(store::Sql::built(sql), [](const store::Row& row) {
      return row.get<std::string>(0) + " of " + std::to_string(row.get<std::int64_t>(1));
    });
  });
}

TEST(ErasePost, after_any_history_counts_equal_a_recount_and_nothing_speaks_of_the_deleted) {
  for (unsigned seed = 1; seed <= 3; ++seed) {
    tests::TestSquare square;
    tests::RandomHistory history(square, seed);
    for (int i = 0; i < 400; ++i) history.step();
    EXPECT_THAT(rows(square, wrong_counts), IsEmpty()) << seed;
    EXPECT_THAT(rows(square, leftovers), IsEmpty()) << seed;
    square.clock().advance(takedown_undoable + milliseconds(1));
    EXPECT_FALSE(square.db().write_blocking(erase_old_takedowns));
    EXPECT_THAT(rows(square, "select 'kept', post_id from takedowns"), IsEmpty()) << seed;
    EXPECT_THAT(rows(square, wrong_counts), IsEmpty()) << seed;
    EXPECT_THAT(rows(square, leftovers), IsEmpty()) << seed;
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
  const PostId post = square_.publish(jack_, "@farah look").post.id;
  square_.run(repost(square_.app(), farah_, post, Visibility::everyone));
  square_.run(favourite(square_.app(), farah_, post));
  EXPECT_EQ(notifications(square_.app(), jack_.account, {}, {}).notifications.size(), 2U);
  EXPECT_EQ(notifications(square_.app(), farah_.account, {}, {}).notifications.size(), 1U);
  square_.run(delete_post(square_.app(), jack_, post));
  for (const Actor& actor : {jack_, farah_}) {
    EXPECT_THAT(notifications(square_.app(), actor.account, {}, {}).covered, IsEmpty());
    EXPECT_THAT(home(square_.app(), actor.account, {}).covered, IsEmpty());
  }
  EXPECT_THAT(rows(square_, leftovers), IsEmpty());
}

TEST_F(ErasePostTest, twice_is_once_and_of_nothing_nothing) {
  const PostId post = square_.publish(jack_, "once").post.id;
  for (int i = 0; i < 2; ++i) {
    square_.db().write_blocking([&](store::Write& write) {
      erase_post(write, post);
      erase_post(write, PostId{5});
    });
  }
  EXPECT_THAT(rows(square_, wrong_counts), IsEmpty());
}

TEST_F(ErasePostTest, what_many_reposted_is_gone_at_once_and_erased_in_slices) {
  const PostId post = square_.publish(jack_, "everybody").post.id;
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
  EXPECT_THAT(rows(square_, leftovers), IsEmpty());
  EXPECT_THAT(rows(square_, wrong_counts), IsEmpty());
  EXPECT_THAT(rows(square_, "select 'later', post_id from post_erasures"), IsEmpty());
}

TEST_F(ErasePostTest, what_one_did_is_taken_back_also_of_what_one_can_no_longer_read) {
  App& app = square_.app();
  const PostId post = square_.publish(jack_, "tea").post.id;
  const PostId again = square_.run(repost(app, farah_, post, Visibility::everyone)).post.id;
  square_.run(favourite(app, farah_, post));
  square_.run(bookmark(app, farah_, post));
  square_.run(block(app, jack_, farah_.account));
  EXPECT_EQ(square_.refusal(undo_favourite(app, farah_, post)), RefusalKind::not_found);
  EXPECT_EQ(square_.refusal(undo_bookmark(app, farah_, post)), RefusalKind::not_found);
  EXPECT_THAT(favourited_by(app, anonymous, post, {}).accounts, IsEmpty());
  EXPECT_THAT(rows(square_, "select 'kept', post_id from bookmarks"), IsEmpty());
  EXPECT_EQ(square_.refusal(delete_post(app, farah_, again)), std::nullopt);
  EXPECT_THAT(reposted_by(app, anonymous, post, {}).accounts, IsEmpty());
  EXPECT_EQ(square_.refusal(undo_favourite(app, farah_, PostId{7})), RefusalKind::not_found);
  EXPECT_EQ(square_.refusal(delete_post(app, farah_, post)), RefusalKind::not_found);
}

}  // namespace
}  // namespace hoopoe::app
