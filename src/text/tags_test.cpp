#include "text/tags.h"

#include <gtest/gtest.h>

namespace hoopoe::text {
namespace {

using Tags = std::vector<std::string>;

TEST(FoldedTags, come_once_however_they_are_spelt) {
  EXPECT_EQ(folded_tags("as is their #right, their #Right, #RIGHT"), Tags{"right"});
  EXPECT_EQ(folded_tags("#می‌خواهم و #میخواهم"), Tags{"میخواهم"});
}

TEST(FoldedTags, keep_the_order_of_the_text) { EXPECT_EQ(folded_tags("#b #a #c"), (Tags{"b", "a", "c"})); }

TEST(FoldedTags, of_a_text_without_any_are_none) { EXPECT_EQ(folded_tags("no tags # here"), Tags{}); }

}  // namespace
}  // namespace hoopoe::text
