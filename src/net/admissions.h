#pragma once

#include <chrono>
#include <condition_variable>
#include <limits>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

namespace hoopoe::net {

// Counts what is open at once, connections, uploads or downloads, in all and by client, and says who may come
// in. From any thread.
class Admissions {
 public:
  // One that was let in; leaves when destroyed. Ends before its Admissions.
  class Ticket {
   public:
    Ticket(Ticket&& other) noexcept
        : admissions_(std::exchange(other.admissions_, nullptr)), client_(std::move(other.client_)) {}
    Ticket& operator=(Ticket&&) = delete;
    Ticket(const Ticket&) = delete;
    Ticket& operator=(const Ticket&) = delete;
    ~Ticket() {
      if (admissions_ != nullptr) admissions_->leave(client_);
    }

   private:
    friend class Admissions;
    Ticket(Admissions& admissions, std::string client)
        : admissions_(&admissions), client_(std::move(client)) {}

    Admissions* admissions_;
    std::string client_;
  };

  static constexpr int unbounded = std::numeric_limits<int>::max();

  Admissions(int in_all_max, int of_one_client_max)
      : in_all_max_(in_all_max), of_one_client_max_(of_one_client_max) {}

  // Nothing when there are too many. A client of "" is counted in all only.
  std::optional<Ticket> admit(std::string client);

  int open() const;
  // Until the last ticket left, or the time is over: then false.
  bool wait_until_empty(std::chrono::milliseconds at_most);

 private:
  void leave(const std::string& client);

  const int in_all_max_;
  const int of_one_client_max_;
  mutable std::mutex mutex_;
  std::condition_variable emptied_;
  int open_ = 0;
  std::unordered_map<std::string, int> by_client_;
};

}  // namespace hoopoe::net
