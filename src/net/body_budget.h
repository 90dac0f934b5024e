#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>

namespace hoopoe::net {

// How many bytes of large bodies are in memory at once, over all connections, and how many of them are one
// holder's: so that nobody who sends slowly keeps all others from sending. From any thread.
class BodyBudget {
 public:
  BodyBudget(std::size_t bytes_max, std::size_t bytes_per_holder_max)
      : bytes_max_(bytes_max), bytes_per_holder_max_(bytes_per_holder_max) {}

  // What one body takes of it, until this ends. Requires: the budget outlives it.
  class Share {
   public:
    Share(BodyBudget& budget, std::string holder) : budget_(budget), holder_(std::move(holder)) {}
    Share(const Share&) = delete;
    Share& operator=(const Share&) = delete;
    ~Share() { budget_.give_back(holder_, bytes_); }

    // False when there is not so much left: then what it has stays.
    bool grow_to(std::size_t bytes) {
      if (bytes <= bytes_) return true;
      if (!budget_.take(holder_, bytes - bytes_)) return false;
      bytes_ = bytes;
      return true;
    }

   private:
    BodyBudget& budget_;
    const std::string holder_;
    std::size_t bytes_ = 0;
  };

 private:
  bool take(const std::string& holder, std::size_t bytes) {
    const std::lock_guard lock(mutex_);
    const auto known = by_holder_.find(holder);
    const std::size_t held = known == by_holder_.end() ? 0 : known->second;
    if (taken_ + bytes > bytes_max_ || held + bytes > bytes_per_holder_max_) return false;
    taken_ += bytes;
    by_holder_[holder] = held + bytes;
    return true;
  }

  void give_back(const std::string& holder, std::size_t bytes) {
    if (bytes == 0) return;
    const std::lock_guard lock(mutex_);
    taken_ -= bytes;
    const auto known = by_holder_.find(holder);
    known->second -= bytes;
    if (known->second == 0) by_holder_.erase(known);
  }

  const std::size_t bytes_max_;
  const std::size_t bytes_per_holder_max_;
  std::mutex mutex_;
  std::size_t taken_ = 0;
  std::unordered_map<std::string, std::size_t> by_holder_;
};

}  // namespace hoopoe::net
