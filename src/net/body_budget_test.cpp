#include "net/body_budget.h"

#include <optional>

#include <gtest/gtest.h>

namespace hoopoe::net {
namespace {

TEST(BodyBudget, IsSharedAndGivenBack) {
  BodyBudget budget(10, 10);
  std::optional<BodyBudget::Share> first(std::in_place, budget, "one");
  BodyBudget::Share second(budget, "other");
  EXPECT_TRUE(first->grow_to(4));
  EXPECT_TRUE(first->grow_to(6));
  EXPECT_TRUE(second.grow_to(4));
  EXPECT_FALSE(second.grow_to(5));
  first.reset();
  EXPECT_TRUE(second.grow_to(10));
  EXPECT_FALSE(second.grow_to(11));
}

TEST(BodyBudget, NoHolderHasAllOfIt) {
  BodyBudget budget(10, 4);
  std::optional<BodyBudget::Share> first(std::in_place, budget, "one");
  BodyBudget::Share second(budget, "one");
  BodyBudget::Share of_another(budget, "other");
  EXPECT_TRUE(first->grow_to(3));
  EXPECT_FALSE(second.grow_to(2));
  EXPECT_TRUE(of_another.grow_to(4));
  first.reset();
  EXPECT_TRUE(second.grow_to(4));
}

}  // namespace
}  // namespace hoopoe::net
