#include "net/body_budget.h"

#include <optional>

#include <gtest/gtest.h>

namespace hoopoe::net {
namespace {

TEST(BodyBudget, IsSharedAndGivenBack) {
  BodyBudget budget(10);
  std::optional<BodyBudget::Share> first(std::in_place, budget);
  BodyBudget::Share second(budget);
  EXPECT_TRUE(first->grow_to(4));
  EXPECT_TRUE(first->grow_to(6));
  EXPECT_TRUE(second.grow_to(4));
  EXPECT_FALSE(second.grow_to(5));
  first.reset();
  EXPECT_TRUE(second.grow_to(10));
  EXPECT_FALSE(second.grow_to(11));
}

}  // namespace
}  // namespace hoopoe::net
