#pragma once

#include <atomic>

#include "base/clock.h"

namespace hoopoe::tests {

// Stands still until a test moves it. Any thread may ask.
class TestClock : public Clock {
 public:
  explicit TestClock(Time start) : now_(to_milliseconds(start)) {}

  Time now() const override { return from_milliseconds(now_.load()); }
  void set(Time time) { now_ = to_milliseconds(time); }
  void advance(milliseconds by) { now_ += by.count(); }

 private:
  std::atomic<std::int64_t> now_;
};

// The evening of the exchange between @HassanRouhani and @jack.
inline constexpr Time first_of_october_2013 =
    std::chrono::sys_days{std::chrono::year{2013} / std::chrono::October / 1} + std::chrono::hours{17};

}  // namespace hoopoe::tests
