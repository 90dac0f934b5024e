#include "base/refusal.h"

#include <gtest/gtest.h>

namespace hoopoe {
namespace {

TEST(WithoutPrefix, LeavesWhatIsSaidToPeople) {
  EXPECT_EQ(without_prefix("Validation failed: Text can't be blank"), "Text can't be blank");
  EXPECT_EQ(without_prefix("Not so."), "Not so.");
}

}  // namespace
}  // namespace hoopoe
