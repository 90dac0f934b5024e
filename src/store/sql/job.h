#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/standing_wait.h"

namespace hoopoe::store::sql {

// A function on its way to a thread of the store and back. Access is Read or Write. It moves as a whole: from
// the coroutine that waits, to the thread that runs it, and back with what came of it.
template <class Access>
struct Job {
  virtual ~Job() = default;
  virtual void run(Access& access) = 0;

  std::exception_ptr failure;
  // Hands the job back, on whatever thread waits for it.
  std::move_only_function<void(std::unique_ptr<Job>)> complete;
};

template <class Access>
using JobPointer = std::unique_ptr<Job<Access>>;

template <class Access>
void give_back(JobPointer<Access> job) {
  auto complete = std::move(job->complete);
  complete(std::move(job));
}

// A job made of a function.
template <class Access, class Function>
class Call final : public Job<Access> {
 public:
  using Result = std::invoke_result_t<Function&, Access&>;

  explicit Call(Function function) : function_(std::move(function)) {}

  void run(Access& access) override {
    if constexpr (std::is_void_v<Result>) {
      function_(access);
    } else {
      result_.emplace(function_(access));
    }
  }

  // What the function returned; or throws what it threw.
  Result take() {
    if (this->failure) std::rethrow_exception(std::exchange(this->failure, nullptr));
    if constexpr (!std::is_void_v<Result>) return std::move(*result_);
  }

 private:
  using Kept = std::conditional_t<std::is_void_v<Result>, std::monostate, Result>;

  Function function_;
  std::optional<Kept> result_;
};

// What waits for a thread, up to a limit: of items, and of the time that all of them have to wait.
template <class Item>
class BoundedQueue {
 public:
  using Clock = StandingWait::Clock;

  explicit BoundedQueue(std::size_t limit, Clock::duration wait_max = Clock::duration::max(),
                        std::function<Clock::time_point()> clock = Clock::now)
      : limit_(limit), wait_max_(wait_max), clock_(std::move(clock)) {}

  // False, and the item stays with the caller, if the queue is full, too slow or closed.
  bool push(Item& item) {
    const auto now = clock_();
    {
      const std::scoped_lock lock(mutex_);
      if (closed_ || items_.size() >= limit_ || standing_.at(now) > wait_max_) return false;
      items_.push_back({.item = std::move(item), .since = now});
    }
    filled_.notify_one();
    return true;
  }

  // Waits for at least one item; none comes once the queue is closed and empty.
  std::vector<Item> take(std::size_t count_max) {
    std::unique_lock lock(mutex_);
    filled_.wait(lock, [this] { return closed_ || !items_.empty(); });
    std::vector<Item> taken;
    Clock::time_point since;
    while (!items_.empty() && taken.size() < count_max) {
      taken.push_back(std::move(items_.front().item));
      since = items_.front().since;
      items_.pop_front();
    }
    // What one turn takes away does not stand, however long a turn takes. Else the last has waited least.
    const auto now = clock_();
    if (!taken.empty()) standing_.note(items_.empty() ? Clock::duration::zero() : now - since, now);
    return taken;
  }

  // What comes next would be refused, as far as can be told now.
  bool is_full() const {
    const std::scoped_lock lock(mutex_);
    return items_.size() >= limit_;
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

  const std::size_t limit_;
  const Clock::duration wait_max_;
  const std::function<Clock::time_point()> clock_;
  mutable std::mutex mutex_;
  std::condition_variable filled_;
  std::deque<Waiting> items_;
  StandingWait standing_;
  bool closed_ = false;
};

}  // namespace hoopoe::store::sql
