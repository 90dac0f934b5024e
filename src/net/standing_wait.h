#pragma once

#include <algorithm>
#include <chrono>

namespace hoopoe::net {

// How long what waits in a queue waits at least: the shortest wait of a while. A burst passes and leaves some
// who waited little; where even they waited long, more comes in than goes out (the standing queue of RFC
// 8289, section 3). One thread at a time.
class StandingWait {
 public:
  using Clock = std::chrono::steady_clock;
  // Longer than a disk or a scheduler takes a pause; short for somebody who waits.
  static constexpr std::chrono::milliseconds window{250};

  // One had waited so long when its turn came.
  void note(Clock::duration wait, Clock::time_point now) {
    turn_to(now);
    shortest_ = std::min(shortest_, wait);
  }

  // Nothing, where nobody has waited of late.
  Clock::duration at(Clock::time_point now) {
    turn_to(now);
    const Clock::duration shortest = std::min(before_, shortest_);
    return shortest == none ? Clock::duration::zero() : shortest;
  }

 private:
  static constexpr Clock::duration none = Clock::duration::max();

  void turn_to(Clock::time_point now) {
    if (now < began_ + window) return;
    before_ = now < began_ + 2 * window ? shortest_ : none;
    shortest_ = none;
    began_ = now;
  }

  Clock::time_point began_;
  Clock::duration before_ = none;    // in the window before
  Clock::duration shortest_ = none;  // in this one
};

}  // namespace hoopoe::net
