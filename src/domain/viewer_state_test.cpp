#include "domain/viewer_state.h"

#include <gtest/gtest.h>

namespace hoopoe {
namespace {

TEST(KnownIds, a_list_that_is_whole_knows_of_every_id) {
  const KnownIds<PostId> ids({PostId{5}, PostId{3}, PostId{9}});
  for (const int id : {3, 5, 9}) EXPECT_TRUE(ids.contains(PostId{id}));
  for (const int id : {1, 4, 10}) {
    EXPECT_TRUE(ids.knows(PostId{id}));
    EXPECT_FALSE(ids.contains(PostId{id}));
  }
}

TEST(KnownIds, the_newest_of_a_long_list_know_nothing_of_what_is_older) {
  const KnownIds<PostId> ids({PostId{9}, PostId{7}}, PostId{7});
  EXPECT_TRUE(ids.knows(PostId{8}));
  EXPECT_TRUE(ids.knows(PostId{7}));
  EXPECT_FALSE(ids.knows(PostId{6}));
}

TEST(KnownIds, of_two_lists_is_known_what_both_know) {
  const auto either = KnownIds<AccountId>::either(KnownIds<AccountId>({AccountId{9}}, AccountId{8}),
                                                  KnownIds<AccountId>({AccountId{3}, AccountId{12}}));
  EXPECT_TRUE(either.contains(AccountId{9}));
  EXPECT_TRUE(either.contains(AccountId{12}));
  EXPECT_FALSE(either.contains(AccountId{10}));
  EXPECT_FALSE(either.knows(AccountId{3}));
}

TEST(ViewerState, nobody_in_particular_stands_in_no_relation_to_anything) {
  const ViewerState nobody;
  const Post post{.id = PostId{1}, .author = AccountId{2}, .root = PostId{1}};
  EXPECT_TRUE(nobody.knows(post));
  EXPECT_FALSE(nobody.followed.contains(post.author));
}

}  // namespace
}  // namespace hoopoe
