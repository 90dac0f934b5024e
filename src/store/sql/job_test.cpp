#include "store/sql/job.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hoopoe::store::sql {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::IsEmpty;

class BoundedQueueTest : public testing::Test {
 protected:
  bool push(int item) { return queue_.push(item); }
  void pass(int time) { now_ += milliseconds(time); }
  // Of six that wait so long two are taken, and the others stand.
  void let_stand(int time) {
    for (int i = 0; i < 6; ++i) EXPECT_TRUE(push(i));
    pass(time);
    queue_.take(2);
  }

  StandingWait::Clock::time_point now_{std::chrono::hours(1)};
  BoundedQueue<int> queue_{10, milliseconds(50), [this] { return now_; }};
};

TEST_F(BoundedQueueTest, gives_in_order_as_many_as_are_asked_for) {
  for (int i = 1; i <= 5; ++i) EXPECT_TRUE(push(i));
  EXPECT_THAT(queue_.take(3), ElementsAre(1, 2, 3));
  EXPECT_THAT(queue_.take(3), ElementsAre(4, 5));
}

TEST_F(BoundedQueueTest, refuses_what_is_too_much_and_all_once_it_is_closed) {
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(push(i));
  EXPECT_FALSE(push(10));
  queue_.take(1);
  EXPECT_TRUE(push(10));
  queue_.take(10);
  queue_.close();
  EXPECT_FALSE(push(11));
  EXPECT_THAT(queue_.take(1), IsEmpty());
}

TEST_F(BoundedQueueTest, refuses_where_even_the_luckiest_wait_too_long_until_it_is_worked_off) {
  let_stand(51);
  EXPECT_FALSE(push(6));
  pass(1);
  queue_.take(2);
  EXPECT_FALSE(push(6));
  queue_.take(2);
  EXPECT_TRUE(push(6)) << "nothing is left";
}

TEST_F(BoundedQueueTest, a_turn_that_takes_long_refuses_nobody_as_long_as_it_takes_all) {
  for (int turn = 0; turn < 5; ++turn) {
    for (int i = 0; i < 6; ++i) EXPECT_TRUE(push(i)) << turn;
    pass(1000);
    EXPECT_EQ(queue_.take(6).size(), 6U);
  }
}

TEST_F(BoundedQueueTest, who_comes_after_a_pause_is_not_refused_for_what_was) {
  let_stand(60);
  EXPECT_FALSE(push(6));
  pass(500);
  EXPECT_TRUE(push(6));
}

}  // namespace
}  // namespace hoopoe::store::sql
