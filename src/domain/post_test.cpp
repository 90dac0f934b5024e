#include "domain/post.h"

#include <gtest/gtest.h>

namespace hoopoe {
namespace {

TEST(ReplyRule, has_a_name_each_and_no_other) {
  for (const ReplyRule rule : {ReplyRule::anyone, ReplyRule::followed, ReplyRule::mentioned}) {
    EXPECT_EQ(parse_reply_rule(name_of(rule)), rule);
  }
  EXPECT_EQ(name_of(ReplyRule::followed), "followed");
  EXPECT_EQ(parse_reply_rule("everybody"), std::nullopt);
  EXPECT_EQ(parse_reply_rule(""), std::nullopt);
}

}  // namespace
}  // namespace hoopoe
