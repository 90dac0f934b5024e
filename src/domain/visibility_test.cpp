#include "domain/visibility.h"

#include <gtest/gtest.h>

namespace hoopoe {
namespace {

constexpr AccountId jack{1};
constexpr AccountId hassan{2};
constexpr Reader anonymous{};
constexpr Reader stranger{.account = jack};
constexpr Reader follower{.account = jack, .follows_author = true};
constexpr Reader addressee{.account = jack, .mentioned = true};
constexpr Reader author{.account = hassan};

TEST(MayRead, public_and_unlisted_posts_are_for_everyone) {
  for (const Visibility visibility : {Visibility::everyone, Visibility::unlisted}) {
    for (const Reader& reader : {anonymous, stranger, follower, addressee, author}) {
      EXPECT_TRUE(may_read(reader, hassan, visibility));
    }
  }
}

TEST(MayRead, a_post_to_followers_is_for_them_the_mentioned_and_its_author) {
  EXPECT_FALSE(may_read(anonymous, hassan, Visibility::followers));
  EXPECT_FALSE(may_read(stranger, hassan, Visibility::followers));
  EXPECT_TRUE(may_read(follower, hassan, Visibility::followers));
  EXPECT_TRUE(may_read(addressee, hassan, Visibility::followers));
  EXPECT_TRUE(may_read(author, hassan, Visibility::followers));
}

TEST(MayRead, a_direct_post_is_for_the_mentioned_and_its_author) {
  EXPECT_FALSE(may_read(anonymous, hassan, Visibility::mentioned));
  EXPECT_FALSE(may_read(stranger, hassan, Visibility::mentioned));
  EXPECT_FALSE(may_read(follower, hassan, Visibility::mentioned));
  EXPECT_TRUE(may_read(addressee, hassan, Visibility::mentioned));
  EXPECT_TRUE(may_read(author, hassan, Visibility::mentioned));
}

TEST(Visibility, has_the_names_of_the_api) {
  for (const char* name : {"public", "unlisted", "private", "direct"}) {
    EXPECT_EQ(name_of(parse_visibility(name).value()), name);
  }
  EXPECT_FALSE(parse_visibility("everyone"));
  EXPECT_FALSE(parse_visibility(""));
}

}  // namespace
}  // namespace hoopoe
