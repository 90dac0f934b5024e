#include "net/deadlines.h"

#include <functional>
#include <memory>

#include <gtest/gtest.h>

namespace hoopoe::net {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

struct Bell : Waiter {
  int rings = 0;
  std::function<void()> then;

 private:
  void on_deadline() override {
    ++rings;
    if (then) then();
  }
};

class DeadlinesTest : public testing::Test {
 protected:
  // Turns the wheel a tick at a time, as the io thread does.
  void pass(milliseconds time) {
    for (const auto end = now + time; now < end;) deadlines.advance(now += Deadlines::tick);
  }

  Deadlines::Moment now{seconds(1'000)};
  Deadlines deadlines{now};
  Bell bell;
};

TEST_F(DeadlinesTest, RingOnceAndNotBeforeTheirTime) {
  deadlines.set(bell, now + seconds(1));
  pass(milliseconds(900));
  EXPECT_EQ(bell.rings, 0);
  pass(milliseconds(200));
  EXPECT_EQ(bell.rings, 1);
  pass(seconds(60));
  EXPECT_EQ(bell.rings, 1);
}

TEST_F(DeadlinesTest, MayBeMovedBothWays) {
  deadlines.set(bell, now + seconds(1));
  deadlines.set(bell, now + seconds(5));
  pass(seconds(4));
  EXPECT_EQ(bell.rings, 0);
  deadlines.set(bell, now + milliseconds(300));
  pass(milliseconds(400));
  EXPECT_EQ(bell.rings, 1);
}

TEST_F(DeadlinesTest, MayBeFartherThanTheWheelIsRound) {
  deadlines.set(bell, now + minutes(2));
  pass(seconds(119));
  EXPECT_EQ(bell.rings, 0);
  pass(seconds(2));
  EXPECT_EQ(bell.rings, 1);
}

TEST_F(DeadlinesTest, AClearedOneNeverRings) {
  deadlines.set(bell, now + seconds(1));
  Deadlines::clear(bell);
  pass(seconds(60));
  EXPECT_EQ(bell.rings, 0);
}

TEST_F(DeadlinesTest, AreAllFoundAfterALongPause) {
  deadlines.set(bell, now + seconds(20));
  deadlines.advance(now + minutes(60));
  EXPECT_EQ(bell.rings, 1);
}

TEST_F(DeadlinesTest, OneThatRingsMayDestroyAnother) {
  auto other = std::make_unique<Bell>();
  deadlines.set(bell, now + seconds(1));
  deadlines.set(*other, now + seconds(1));
  bell.then = [&] { other.reset(); };
  pass(seconds(2));
  EXPECT_EQ(bell.rings, 1);
}

TEST_F(DeadlinesTest, OneThatRingsMaySetItselfAgain) {
  bell.then = [&] { deadlines.set(bell, now + seconds(1)); };
  deadlines.set(bell, now + seconds(1));
  pass(seconds(10));
  EXPECT_GE(bell.rings, 8);
}

}  // namespace
}  // namespace hoopoe::net
