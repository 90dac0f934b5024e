#include "app/react.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/publish.h"
#include "tests/support/test_square.h"

namespace hoopoe::app {
namespace {

class React : public testing::Test {
 protected:
  PostView repost_by(const Actor& actor, PostId id) {
    return square_.run(repost(square_.app(), actor, id, Visibility::everyone));
  }

  tests::TestSquare square_;
  const Actor jack_ = square_.person("jack");
  const Actor farah_ = square_.person("farah");
  const Actor sara_ = square_.person("sara");
  const PostId post_ = square_.publish(jack_, "just setting up my twttr").post->id;
};

TEST_F(React, a_reaction_is_counted_once_and_undone_once) {
  for (int i = 0; i < 2; ++i) {
    const PostView liked = square_.run(favourite(square_.app(), farah_, post_));
    EXPECT_TRUE(liked.favourited);
    EXPECT_EQ(liked.counts.favourites, 1);
    EXPECT_EQ(repost_by(farah_, post_).original->counts.reposts, 1);
  }
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(square_.run(undo_favourite(square_.app(), farah_, post_)).counts.favourites, 0);
    const PostView plain = square_.run(undo_repost(square_.app(), farah_, post_));
    EXPECT_EQ(plain.counts.reposts, 0);
    EXPECT_FALSE(plain.reposted);
  }
}

TEST_F(React, a_repost_of_a_repost_is_one_of_the_original) {
  const PostView first = repost_by(farah_, post_);
  const PostView second = repost_by(sara_, first.post->id);
  EXPECT_EQ(second.post->repost_of, post_);
  EXPECT_EQ(second.original->counts.reposts, 2);
  EXPECT_TRUE(square_.run(favourite(square_.app(), sara_, first.post->id)).favourited);
}

TEST_F(React, what_is_not_for_everyone_is_reposted_by_its_author_at_most) {
  const PostId direct =
      square_.publish(jack_, {.text = "@farah psst", .visibility = Visibility::mentioned}).post->id;
  const PostId inner =
      square_.publish(jack_, {.text = "@farah", .visibility = Visibility::followers}).post->id;
  for (const PostId id : {direct, inner}) {
    EXPECT_EQ(square_.refusal(repost(square_.app(), farah_, id, Visibility::everyone)),
              RefusalKind::forbidden);
  }
  EXPECT_EQ(square_.refusal(repost(square_.app(), jack_, direct, Visibility::everyone)),
            RefusalKind::forbidden);
  EXPECT_EQ(repost_by(jack_, inner).post->visibility, Visibility::followers);
  EXPECT_EQ(square_.refusal(repost(square_.app(), farah_, post_, Visibility::mentioned)),
            RefusalKind::invalid);
}

}  // namespace
}  // namespace hoopoe::app
