#include "store/viewers.h"

#include <gtest/gtest.h>

#include "store/blocks.h"
#include "store/bookmarks.h"
#include "store/favourites.h"
#include "store/follows.h"
#include "store/mutes.h"
#include "tests/support/test_store.h"

namespace hoopoe::store::viewers {
namespace {

class Viewers : public testing::Test {
 protected:
  std::shared_ptr<const ViewerState> state_of(AccountId viewer, const std::vector<PostId>& posts) {
    return store_.read([&](Read& read) { return find(read, viewer, shared_posts::find(read, posts)); });
  }

  tests::TestStore store_;
  const AccountId jack_ = store_.account("jack");
  const AccountId farah_ = store_.account("farah");
  const PostId post_ = store_.publish({.author = farah_, .text = "hello"});
};

TEST_F(Viewers, each_deed_shows_in_the_state_that_is_read_next) {
  EXPECT_FALSE(state_of(jack_, {post_})->followed.contains(farah_));
  store_.write([&](Write& write) { follows::insert(write, jack_, farah_, {}); });
  EXPECT_TRUE(state_of(jack_, {post_})->followed.contains(farah_));
  store_.write([&](Write& write) {
    favourites::insert(write, jack_, post_);
    bookmarks::insert(write, jack_, post_);
    mutes::insert_conversation(write, jack_, post_);
  });
  EXPECT_TRUE(state_of(jack_, {post_})->favourited.contains(post_));
  EXPECT_TRUE(state_of(jack_, {post_})->bookmarked.contains(post_));
  EXPECT_TRUE(state_of(jack_, {post_})->muted_conversations.contains(post_));
  EXPECT_FALSE(state_of(jack_, {post_})->blocked.contains(farah_));
  store_.write([&](Write& write) { blocks::insert(write, farah_, jack_); });
  EXPECT_TRUE(state_of(jack_, {post_})->blocked.contains(farah_)) << "by the other";
}

TEST_F(Viewers, a_mute_ends_when_its_time_is_over) {
  const Time end = store_.clock().now() + std::chrono::hours(1);
  store_.write([&](Write& write) {
    mutes::insert(write, jack_, farah_, {.notifications_hidden = true, .expires = end});
  });
  EXPECT_TRUE(state_of(jack_, {post_})->muted.contains(farah_));
  store_.clock().advance(std::chrono::hours(1));
  EXPECT_FALSE(state_of(jack_, {post_})->muted.contains(farah_));
}

TEST_F(Viewers, of_more_marks_than_are_kept_the_older_ones_are_asked_for) {
  std::vector<PostId> posts{post_};
  for (int i = 0; i < 1'100; ++i) posts.push_back(store_.publish({.author = farah_, .text = "more"}));
  store_.write([&](Write& write) {
    for (const PostId post : posts) {
      if (post != posts[1]) favourites::insert(write, jack_, post);
    }
  });
  const auto of_newest = state_of(jack_, {posts.back()});
  EXPECT_TRUE(of_newest->favourited.contains(posts.back()));
  EXPECT_FALSE(of_newest->favourited.knows(post_));
  const auto of_oldest = state_of(jack_, {post_, posts[1], posts.back()});
  EXPECT_TRUE(of_oldest->favourited.contains(post_));
  EXPECT_FALSE(of_oldest->favourited.contains(posts[1]));
  EXPECT_TRUE(of_oldest->favourited.contains(posts.back()));
}

}  // namespace
}  // namespace hoopoe::store::viewers
