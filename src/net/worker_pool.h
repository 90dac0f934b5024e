#pragma once

#include <atomic>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "net/task.h"

namespace hoopoe::net {

// A few threads for work that takes milliseconds of CPU (password hashes, images), so that it never holds up
// an io thread. Requires: stopped before what its coroutines work with ends.
class WorkerPool {
 public:
  explicit WorkerPool(int threads);
  ~WorkerPool();

  // Runs function() on one of the threads and comes back on this coroutine's own with what it returned or
  // threw. Refusal{unavailable} when too much is waiting already, or it stops before.
  template <class Function>
  Task<std::invoke_result_t<Function&>> run(Function function) {
    std::optional<std::invoke_result_t<Function&>> result;
    std::exception_ptr failure;
    co_await run_job([&] {
      try {
        result.emplace(function());
      } catch (...) {
        failure = std::current_exception();
      }
    });
    if (failure) std::rethrow_exception(failure);
    if (!result) refuse_as_stopping();
    co_return *std::move(result);
  }

  // Finishes what is running; what waits is not begun.
  void stop();

 private:
  class Threads;
  Task<void> run_job(std::function<void()> job);
  [[noreturn]] static void refuse_as_stopping();

  std::unique_ptr<Threads> threads_;
  std::atomic<int> waiting_ = 0;
  std::atomic<bool> stopping_ = false;
};

}  // namespace hoopoe::net
