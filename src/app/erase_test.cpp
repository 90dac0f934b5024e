#include "app/erase.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/follow.h"
#include "app/moderate.h"
#include "app/notifications.h"
#include "app/publish.h"
#include "app/react.h"
#include "app/timelines.h"
#include "store/accounts.h"
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

}  // namespace
}  // namespace hoopoe::app
