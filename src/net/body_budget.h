#pragma once

#include <atomic>
#include <cstddef>

namespace hoopoe::net {

// How many bytes of large bodies are in memory at once, over all connections. Any thread.
class BodyBudget {
 public:
  explicit BodyBudget(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  // What one body takes of it, until this ends. Requires: the budget outlives it.
  class Share {
   public:
    explicit Share(BodyBudget& budget) : budget_(budget) {}
    Share(const Share&) = delete;
    Share& operator=(const Share&) = delete;
    ~Share() { budget_.taken_ -= bytes_; }

    // False when there is not so much left: then what it has stays.
    bool grow_to(std::size_t bytes) {
      if (bytes <= bytes_) return true;
      const std::size_t more = bytes - bytes_;
      if (budget_.taken_.fetch_add(more) + more > budget_.bytes_max_) {
        budget_.taken_ -= more;
        return false;
      }
      bytes_ = bytes;
      return true;
    }

   private:
    BodyBudget& budget_;
    std::size_t bytes_ = 0;
  };

 private:
  const std::size_t bytes_max_;
  std::atomic<std::size_t> taken_ = 0;
};

}  // namespace hoopoe::net
