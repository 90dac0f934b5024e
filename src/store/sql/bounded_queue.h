#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

namespace hoopoe::store::sql {

// Who may wait for a thread.
struct QueueLimits {
  using Clock = std::chrono::steady_clock;
  // After somebody was refused, and longer while more are: more comes than can be done.
  static constexpr std::chrono::seconds crowd_lasts{1};

  std::size_t burst = 0;                              // so many at once
  std::size_t crowd = burst;                          // and so many while there is a crowd
  Clock::duration wait_max = Clock::duration::max();  // none behind a first who has waited so long
};

enum class Join { if_there_is_room, always };

// What waits for a thread, in order.
template <class Item>
class BoundedQueue {
 public:
  using Clock = QueueLimits::Clock;

  explicit BoundedQueue(QueueLimits limits, std::function<Clock::time_point()> clock = Clock::now)
      : limits_(limits), clock_(std::move(clock)) {}

  // False, and the item stays with the caller, if there is no room or the queue is closed.
  bool push(Item& item, Join join = Join::if_there_is_room) {
    {
      const std::scoped_lock lock(mutex_);
      const auto now = clock_();
      if (closed_ || (join == Join::if_there_is_room && !has_room(now))) return false;
      items_.push_back({.item = std::move(item), .since = now});
    }
    filled_.notify_one();
    return true;
  }

  // There is no room. Who asks first and then turns away counts as refused.
  bool is_full() {
    const std::scoped_lock lock(mutex_);
    return !has_room(clock_());
  }

  // Waits for at least one item; none comes once the queue is closed and empty.
  std::vector<Item> take(std::size_t count_max) {
    std::unique_lock lock(mutex_);
    filled_.wait(lock, [this] { return closed_ || !items_.empty(); });
    std::vector<Item> taken;
    while (!items_.empty() && taken.size() < count_max) {
      taken.push_back(std::move(items_.front().item));
      items_.pop_front();
    }
    return taken;
  }

  void close() {
    {
      const std::scoped_lock lock(mutex_);
      closed_ = true;
    }
    filled_.notify_all();
  }

 private:
  struct Waiting {
    Item item;
    Clock::time_point since;
  };

  bool has_room(Clock::time_point now) {
    const std::size_t limit = now < crowd_until_ ? limits_.crowd : limits_.burst;
    const bool is_slow = !items_.empty() && now - items_.front().since > limits_.wait_max;
    if (items_.size() < limit && !is_slow) return true;
    crowd_until_ = now + QueueLimits::crowd_lasts;
    return false;
  }

  const QueueLimits limits_;
  const std::function<Clock::time_point()> clock_;
  std::mutex mutex_;
  std::condition_variable filled_;
  std::deque<Waiting> items_;
  Clock::time_point crowd_until_;
  bool closed_ = false;
};

}  // namespace hoopoe::store::sql
