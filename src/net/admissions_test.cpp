#include "net/admissions.h"

#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace hoopoe::net {
namespace {

TEST(Admissions, CountsAClientAndLetsItBackWhenOneLeft) {
  Admissions admissions(10, 2);
  auto first = admissions.admit("203.0.113.9");
  auto second = admissions.admit("203.0.113.9");
  EXPECT_TRUE(second);
  EXPECT_FALSE(admissions.admit("203.0.113.9"));
  EXPECT_TRUE(admissions.admit("198.51.100.1"));
  first.reset();
  EXPECT_TRUE(admissions.admit("203.0.113.9"));
}

TEST(Admissions, CountsAllAlsoThoseWithoutAClient) {
  Admissions admissions(2, 1);
  const auto one = admissions.admit("");
  const auto two = admissions.admit("");
  EXPECT_TRUE(two);
  EXPECT_FALSE(admissions.admit(""));
  EXPECT_EQ(admissions.open(), 2);
}

TEST(Admissions, AMovedTicketLeavesOnce) {
  Admissions admissions(2, 1);
  {
    auto ticket = admissions.admit("203.0.113.9");
    const auto moved = std::move(*ticket);
    ticket.reset();
    EXPECT_EQ(admissions.open(), 1);
  }
  EXPECT_EQ(admissions.open(), 0);
}

TEST(Admissions, WaitingEndsWithTheLastOrWithTheTime) {
  Admissions admissions(2, 1);
  auto ticket = admissions.admit("");
  EXPECT_FALSE(admissions.wait_until_empty(std::chrono::milliseconds(1)));
  const std::jthread leaver([&] { ticket.reset(); });
  EXPECT_TRUE(admissions.wait_until_empty(std::chrono::seconds(10)));
}

}  // namespace
}  // namespace hoopoe::net
