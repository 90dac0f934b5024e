#include "net/standing_wait.h"

#include <gtest/gtest.h>

namespace hoopoe::net {
namespace {

using std::chrono::milliseconds;

class StandingWaitTest : public testing::Test {
 protected:
  void note(int wait) { standing_.note(milliseconds(wait), now_); }
  int standing() {
    return static_cast<int>(std::chrono::duration_cast<milliseconds>(standing_.at(now_)).count());
  }
  void pass(int time) { now_ += milliseconds(time); }

  StandingWait::Clock::time_point now_{std::chrono::hours(1)};
  StandingWait standing_;
};

TEST_F(StandingWaitTest, nobody_waits_at_first) { EXPECT_EQ(standing(), 0); }

TEST_F(StandingWaitTest, a_burst_passes) {
  note(900);
  note(500);
  note(2);
  EXPECT_EQ(standing(), 2);
}

TEST_F(StandingWaitTest, where_even_the_luckiest_wait_there_is_a_queue_that_stands) {
  for (int i = 0; i < 10; ++i) {
    note(300 + i);
    note(700);
    pass(100);
  }
  EXPECT_GE(standing(), 300);
  note(3);
  EXPECT_EQ(standing(), 3) << "it is over as soon as somebody is served at once";
}

TEST_F(StandingWaitTest, what_was_is_forgotten) {
  note(400);
  pass(250);
  EXPECT_EQ(standing(), 400);
  pass(249);
  EXPECT_EQ(standing(), 400);
  pass(1);
  EXPECT_EQ(standing(), 0);
  note(400);
  pass(10'000);
  EXPECT_EQ(standing(), 0);
}

}  // namespace
}  // namespace hoopoe::net
