#include "domain/scopes.h"

#include <gtest/gtest.h>

namespace hoopoe {
namespace {

Scopes scopes(std::string_view text) { return Scopes::parse(text).value(); }

TEST(Scopes, a_wide_scope_holds_its_narrow_ones) {
  EXPECT_TRUE(scopes("read").allow("read:statuses"));
  EXPECT_TRUE(scopes("write").allow("write:statuses"));
  EXPECT_FALSE(scopes("read").allow("write:statuses"));
  EXPECT_FALSE(scopes("read:statuses").allow("read:accounts"));
  EXPECT_FALSE(scopes("read:statuses").allow("read"));
}

TEST(Scopes, no_scope_reaches_the_admin_calls_but_its_own) {
  EXPECT_FALSE(scopes("read write follow push").allow("admin:read:accounts"));
  EXPECT_TRUE(scopes("admin:read").allow("admin:read:accounts"));
  EXPECT_FALSE(scopes("follow").allow("admin:read:domain_blocks"));
}

TEST(Scopes, follow_of_old_stands_for_follows_blocks_and_mutes) {
  EXPECT_TRUE(scopes("follow").allow("write:follows"));
  EXPECT_TRUE(scopes("follow").allow("read:blocks"));
  EXPECT_FALSE(scopes("follow").allow("write:statuses"));
}

TEST(Scopes, an_unknown_name_is_refused) {
  EXPECT_FALSE(Scopes::parse("read everything"));
  EXPECT_FALSE(Scopes::parse("READ"));
}

TEST(Scopes, are_kept_in_order_and_once) {
  EXPECT_EQ(scopes("write  read+push read").str(), "write read push");
  EXPECT_EQ(scopes("").str(), "");
}

TEST(Scopes, know_when_they_ask_for_more_than_was_granted) {
  EXPECT_TRUE(scopes("read:statuses write").within(scopes("read write")));
  EXPECT_FALSE(scopes("read").within(scopes("read:statuses")));
}

}  // namespace
}  // namespace hoopoe
