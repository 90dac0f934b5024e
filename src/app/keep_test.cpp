#include "app/keep.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/accounts.h"
#include "app/block.h"
#include "app/notifications.h"
#include "app/publish.h"
#include "app/react.h"
#include "tests/support/test_square.h"

namespace hoopoe::app {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class KeepTest : public testing::Test {
 protected:
  template <class Posts>
  std::vector<PostId> ids(const Posts& posts) {
    std::vector<PostId> ids;
    for (const PostView& view : posts) ids.push_back(view.post->id);
    return ids;
  }
  PostId publish(const Actor& actor, Visibility visibility = Visibility::everyone) {
    return square_.publish(actor, {.text = "@farah tea", .visibility = visibility}).post->id;
  }

  tests::TestSquare square_;
  App& app_ = square_.app();
  const Actor jack_ = square_.person("jack");
  const Actor farah_ = square_.person("farah");
};

TEST_F(KeepTest, bookmarks_are_in_the_order_of_keeping_and_ones_own) {
  const PostId first = publish(jack_);
  const PostId second = publish(jack_);
  square_.run(bookmark(app_, farah_, second));
  EXPECT_TRUE(square_.run(bookmark(app_, farah_, first)).bookmarked);
  square_.run(bookmark(app_, farah_, first));
  EXPECT_THAT(ids(bookmarks(app_, farah_.account, {}).posts), ElementsAre(first, second));
  EXPECT_THAT(bookmarks(app_, jack_.account, {}).posts, IsEmpty());
  const KeptPage page = bookmarks(app_, farah_.account, {.limit = 1});
  EXPECT_THAT(ids(bookmarks(app_, farah_.account, {.max_id = page.covered.back(), .limit = 1}).posts),
              ElementsAre(second));
  EXPECT_FALSE(square_.run(undo_bookmark(app_, farah_, first)).bookmarked);
  EXPECT_THAT(ids(bookmarks(app_, farah_.account, {}).posts), ElementsAre(second));
}

TEST_F(KeepTest, what_is_kept_is_shown_as_long_as_one_may_read_it) {
  const PostId id = publish(jack_);
  square_.run(bookmark(app_, farah_, id));
  square_.run(favourite(app_, farah_, id));
  EXPECT_THAT(favourites(app_, farah_.account, {}).posts, SizeIs(1));
  square_.run(block(app_, jack_, farah_.account));
  EXPECT_THAT(bookmarks(app_, farah_.account, {}).posts, IsEmpty());
  EXPECT_THAT(favourites(app_, farah_.account, {}).posts, IsEmpty());
  EXPECT_EQ(square_.refusal(bookmark(app_, farah_, id)), RefusalKind::not_found);
  square_.run(unblock(app_, jack_, farah_.account));
  square_.run(delete_post(app_, jack_, id));
  EXPECT_THAT(bookmarks(app_, farah_.account, {}).posts, IsEmpty());
}

TEST_F(KeepTest, one_pins_ones_own_and_at_most_five) {
  std::vector<PostId> posts;
  for (std::size_t i = 0; i <= pins_max; ++i) posts.push_back(publish(jack_));
  for (std::size_t i = 0; i < pins_max; ++i) {
    EXPECT_TRUE(square_.run(pin(app_, jack_, posts[i])).pinned);
    EXPECT_TRUE(square_.run(pin(app_, jack_, posts[i])).pinned) << "again changes nothing";
  }
  EXPECT_EQ(square_.refusal(pin(app_, jack_, posts.back())), RefusalKind::invalid);
  EXPECT_EQ(square_.refusal(pin(app_, farah_, posts.back())), RefusalKind::invalid);
  EXPECT_EQ(square_.refusal(pin(app_, farah_, publish(farah_, Visibility::mentioned))), RefusalKind::invalid);
  EXPECT_THAT(ids(pinned(app_, anonymous, jack_.account)),
              ElementsAre(posts[4], posts[3], posts[2], posts[1], posts[0]));
  EXPECT_FALSE(square_.run(unpin(app_, jack_, posts[4])).pinned);
  square_.run(delete_post(app_, jack_, posts[3]));
  square_.run(pin(app_, jack_, posts.back()));
  EXPECT_THAT(ids(pinned(app_, anonymous, jack_.account)),
              ElementsAre(posts[5], posts[2], posts[1], posts[0]));
}

TEST_F(KeepTest, a_pin_for_followers_is_shown_to_them_alone) {
  square_.run(pin(app_, jack_, publish(jack_, Visibility::followers)));
  EXPECT_THAT(pinned(app_, anonymous, jack_.account), IsEmpty());
  EXPECT_THAT(pinned(app_, jack_.account, jack_.account), SizeIs(1));
}

TEST_F(KeepTest, with_its_account_all_that_was_kept_goes) {
  square_.run(bookmark(app_, farah_, publish(jack_)));
  square_.run(pin(app_, farah_, publish(farah_)));
  square_.db().write_blocking([&](store::Write& write) {
    while (erase_account(write, farah_.account)) {
    }
  });
  EXPECT_EQ(square_.db().read([](store::Read& read) {
    return read.value<std::int64_t>("select (select count(*) from bookmarks) + (select count(*) from pins)");
  }),
            0);
}

TEST_F(KeepTest, a_muted_conversation_is_heard_of_no_more_until_it_is_unmuted) {
  const PostId root = square_.publish(farah_, "good evening").post->id;
  const PostId answer = square_.publish(jack_, "@farah hello", root).post->id;
  const PostId elsewhere = square_.publish(farah_, "tea").post->id;
  const auto notices = [&] { return notifications(app_, farah_.account, {}, {}).notifications.size(); };
  EXPECT_EQ(notices(), 1U);
  EXPECT_TRUE(square_.run(mute_conversation(app_, farah_, answer)).muted);
  const PostId below = square_.publish(jack_, "@farah are you there?", answer).post->id;
  square_.run(favourite(app_, jack_, root));
  square_.run(repost(app_, jack_, root, Visibility::everyone));
  EXPECT_EQ(notices(), 1U) << "what there was stays, nothing comes";
  const auto views = square_.db().read([&](store::Read& read) {
    return view_posts(read, farah_.account, {root, answer, below, elsewhere}, Muted::shown);
  });
  std::vector<bool> muted;
  for (const PostView& view : views) muted.push_back(view.muted);
  EXPECT_THAT(muted, ElementsAre(true, true, true, false));
  EXPECT_FALSE(
      square_.db().read([&](store::Read& read) { return view_post(read, jack_.account, root); }).muted)
      << "it is farah's alone";

  square_.run(favourite(app_, jack_, elsewhere));
  EXPECT_EQ(notices(), 2U) << "elsewhere is another conversation";
  EXPECT_FALSE(square_.run(unmute_conversation(app_, farah_, below)).muted);
  square_.publish(jack_, "@farah again", below);
  EXPECT_EQ(notices(), 3U);
}

TEST_F(KeepTest, nobody_mutes_what_they_may_not_read) {
  const PostId hidden =
      square_.publish(jack_, {.text = "mine", .visibility = Visibility::followers}).post->id;
  EXPECT_EQ(square_.refusal(mute_conversation(app_, farah_, hidden)), RefusalKind::not_found);
}

TEST_F(KeepTest, a_muted_conversation_is_muted_however_deep_it_goes) {
  const PostId root = square_.publish(farah_, "good evening").post->id;
  square_.run(mute_conversation(app_, farah_, root));
  PostId last = root;
  for (int i = 0; i < 1100; ++i) last = square_.publish(jack_, "and on", last).post->id;
  last = square_.publish(jack_, "@farah look", last).post->id;
  EXPECT_THAT(notifications(app_, farah_.account, {}, {}).notifications, IsEmpty());
  EXPECT_FALSE(square_.run(unmute_conversation(app_, farah_, last)).muted);
  EXPECT_FALSE(
      square_.db().read([&](store::Read& read) { return view_post(read, farah_.account, root); }).muted);
}

TEST_F(KeepTest, an_unmute_does_not_tell_where_a_hidden_post_belongs) {
  const PostId root = square_.publish(farah_, "good evening").post->id;
  const PostId hidden =
      square_.publish(jack_, Draft{.text = "mine", .visibility = Visibility::followers, .reply_to = root})
          .post->id;
  square_.run(mute_conversation(app_, farah_, root));
  EXPECT_EQ(square_.refusal(unmute_conversation(app_, farah_, hidden)), RefusalKind::not_found);
  EXPECT_TRUE(
      square_.db().read([&](store::Read& read) { return view_post(read, farah_.account, root); }).muted);
}

}  // namespace
}  // namespace hoopoe::app
