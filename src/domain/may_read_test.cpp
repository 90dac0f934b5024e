#include "domain/may_read.h"

#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hoopoe {
namespace {

using testing::ElementsAre;

constexpr AccountId jack{1};
constexpr AccountId hassan{2};

// May an anonymous reader, a stranger, a follower, somebody mentioned, the author?
std::vector<bool> readers_of(Visibility visibility, PostRelation relation = {}) {
  const Post post{.author = hassan, .visibility = visibility};
  PostRelation following = relation;
  following.follows_author = true;
  PostRelation mentioned = relation;
  mentioned.mentioned = true;
  return {may_read({}, post, relation), may_read(jack, post, relation), may_read(jack, post, following),
          may_read(jack, post, mentioned), may_read(hassan, post, relation)};
}

TEST(MayRead, public_and_unlisted_posts_are_for_everyone) {
  EXPECT_THAT(readers_of(Visibility::everyone), ElementsAre(true, true, true, true, true));
  EXPECT_THAT(readers_of(Visibility::unlisted), ElementsAre(true, true, true, true, true));
}

TEST(MayRead, a_post_to_followers_is_for_them_the_mentioned_and_its_author) {
  EXPECT_THAT(readers_of(Visibility::followers), ElementsAre(false, false, true, true, true));
}

TEST(MayRead, a_direct_post_is_for_the_mentioned_and_its_author) {
  EXPECT_THAT(readers_of(Visibility::mentioned), ElementsAre(false, false, false, true, true));
}

TEST(MayRead, a_block_hides_a_post_of_any_kind_from_all_but_its_author) {
  for (const Visibility visibility :
       {Visibility::everyone, Visibility::unlisted, Visibility::followers, Visibility::mentioned}) {
    const std::vector<bool> may = readers_of(visibility, {.blocked = true});
    EXPECT_THAT(std::vector(may.begin() + 1, may.end()), ElementsAre(false, false, false, true));
  }
}

TEST(MayRead, nobody_reads_a_tombstone_or_a_post_of_an_account_that_is_not_shown) {
  const Post tombstone{.author = hassan, .deleted = Time{}};
  EXPECT_FALSE(may_read(hassan, tombstone, {.mentioned = true}));
  EXPECT_THAT(readers_of(Visibility::everyone, {.author_shown = false}),
              ElementsAre(false, false, false, false, false));
}

}  // namespace
}  // namespace hoopoe
