#include "store/shared_posts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/refusal.h"
#include "store/accounts.h"
#include "store/favourites.h"
#include "store/posts.h"
#include "tests/support/test_store.h"

namespace hoopoe::store::shared_posts {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

class SharedPosts : public testing::Test {
 protected:
  Pointer found(PostId id) {
    return store_.read([&](Read& read) { return find(read, {id}).front(); });
  }

  tests::TestStore store_;
  const AccountId jack_ = store_.account("jack");
  const AccountId farah_ = store_.account("farah");
  const PostId post_ = store_.publish({.author = jack_, .text = "@farah hello"}, {farah_});
};

TEST_F(SharedPosts, one_that_has_not_changed_is_the_same_for_all_who_read_it) {
  const Pointer shared = found(post_);
  EXPECT_EQ(shared->post->text, "@farah hello");
  EXPECT_EQ(shared->author->handle, "jack");
  EXPECT_EQ(found(post_), shared);
}

TEST_F(SharedPosts, a_favourite_changes_the_counts_and_leaves_the_words) {
  const Pointer before = found(post_);
  store_.write([&](Write& write) { favourites::insert(write, farah_, post_); });
  const Pointer after = found(post_);
  EXPECT_EQ(before->counts.favourites, 0);
  EXPECT_EQ(after->counts.favourites, 1);
  EXPECT_EQ(after->post, before->post);
  EXPECT_EQ(after->author, before->author);
}

TEST_F(SharedPosts, who_is_no_longer_shown_is_no_longer_mentioned) {
  EXPECT_THAT(found(post_)->post->mentions, SizeIs(1));
  const auto suspend = [&](std::optional<Time> when) {
    store_.write([&](Write& write) { accounts::set_suspended(write, farah_, when); });
  };
  suspend(store_.clock().now());
  EXPECT_THAT(found(post_)->post->mentions, IsEmpty());
  suspend(std::nullopt);
  EXPECT_THAT(found(post_)->post->mentions, SizeIs(1));
}

TEST_F(SharedPosts, what_a_write_sees_is_remembered_by_nobody) {
  const Pointer before = found(post_);
  EXPECT_THROW(store_.write([&](Write& write) {
    favourites::insert(write, farah_, post_);
    EXPECT_EQ(find(write, {post_}).front()->counts.favourites, 1);
    throw Refusal(RefusalKind::forbidden, "no");
  }),
               Refusal);
  EXPECT_EQ(found(post_)->counts.favourites, 0);
}

TEST_F(SharedPosts, a_snapshot_from_before_a_change_does_not_put_the_old_into_memory) {
  store_.read([&](Read& read) {
    // The snapshot begins with the first question.
    EXPECT_TRUE(posts::find(read, post_));
    store_.write([&](Write& write) { favourites::insert(write, farah_, post_); });
    EXPECT_EQ(find(read, {post_}).front()->counts.favourites, 0);
  });
  EXPECT_EQ(found(post_)->counts.favourites, 1);
}

}  // namespace
}  // namespace hoopoe::store::shared_posts
