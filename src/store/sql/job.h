#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

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

}  // namespace hoopoe::store::sql
