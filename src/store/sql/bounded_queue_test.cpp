#include "store/sql/bounded_queue.h"

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
  void fill(int count) {
    for (int i = 0; i < count; ++i) EXPECT_TRUE(push(i)) << i;
  }

  QueueLimits::Clock::time_point now_{std::chrono::hours(1)};
  BoundedQueue<int> queue_{{.burst = 10, .crowd = 3}, [this] { return now_; }};
};

TEST_F(BoundedQueueTest, gives_in_order_as_many_as_are_asked_for) {
  fill(5);
  EXPECT_THAT(queue_.take(3), ElementsAre(0, 1, 2));
  EXPECT_THAT(queue_.take(3), ElementsAre(3, 4));
}

TEST_F(BoundedQueueTest, takes_a_burst_and_less_while_there_is_a_crowd) {
  fill(10);
  EXPECT_FALSE(push(10));
  queue_.take(7);
  EXPECT_FALSE(push(10)) << "three wait";
  pass(999);
  queue_.take(1);
  EXPECT_TRUE(push(10));
  EXPECT_TRUE(queue_.is_full());
  pass(999);
  queue_.take(3);
  fill(3);
  EXPECT_FALSE(push(10)) << "who only asked was refused as well";
  pass(1000);
  queue_.take(3);
  fill(10);
}

TEST_F(BoundedQueueTest, nobody_joins_behind_one_who_has_waited_too_long) {
  BoundedQueue<int> queue({.burst = 10, .wait_max = milliseconds(50)}, [this] { return now_; });
  int item = 1;
  EXPECT_TRUE(queue.push(item));
  pass(50);
  EXPECT_TRUE(queue.push(item));
  pass(1);
  EXPECT_FALSE(queue.push(item));
  EXPECT_TRUE(queue.is_full());
  queue.take(1);
  EXPECT_TRUE(queue.push(item));
}

TEST_F(BoundedQueueTest, who_is_not_to_be_refused_joins_as_long_as_it_is_open) {
  fill(10);
  int item = 10;
  EXPECT_TRUE(queue_.push(item, Join::always));
  queue_.close();
  EXPECT_FALSE(queue_.push(item, Join::always));
  EXPECT_EQ(queue_.take(20).size(), 11U);
  EXPECT_THAT(queue_.take(1), IsEmpty());
}

}  // namespace
}  // namespace hoopoe::store::sql
