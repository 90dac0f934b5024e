#include "base/repeating_thread.h"

#include <future>
#include <stdexcept>

#include <gtest/gtest.h>

namespace hoopoe {
namespace {

TEST(RepeatingThread, works_again_after_each_pause_also_when_it_failed) {
  std::promise<void> third;
  int times = 0;
  int pauses = 0;
  {
    const RepeatingThread thread(
        "test",
        [&](const std::stop_token&) {
          if (++times == 3) third.set_value();
          throw std::runtime_error("it failed");
        },
        [&] {
          ++pauses;
          return std::chrono::milliseconds(times < 3 ? 0 : 3'600'000);
        });
    third.get_future().wait();
  }
  EXPECT_EQ(times, 3) << "the last pause was cut short, and no more work begun";
  EXPECT_EQ(pauses, 3);
}

TEST(RepeatingThread, tells_the_work_that_it_ends) {
  std::promise<void> begun;
  bool was_told = false;
  {
    const RepeatingThread thread(
        "test",
        [&](const std::stop_token& stopping) {
          begun.set_value();
          while (!stopping.stop_requested()) std::this_thread::yield();
          was_told = true;
        },
        [] { return std::chrono::milliseconds(0); });
    begun.get_future().wait();
  }
  EXPECT_TRUE(was_told);
}

}  // namespace
}  // namespace hoopoe
