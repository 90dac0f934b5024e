#include "net/admissions.h"

namespace hoopoe::net {

std::optional<Admissions::Ticket> Admissions::admit(std::string client) {
  const std::lock_guard lock(mutex_);
  if (open_ >= in_all_max_) return std::nullopt;
  if (!client.empty()) {
    const auto known = by_client_.find(client);
    if (known == by_client_.end()) {
      by_client_.emplace(client, 1);
    } else if (known->second >= of_one_client_max_) {
      return std::nullopt;
    } else {
      ++known->second;
    }
  }
  ++open_;
  return Ticket(*this, std::move(client));
}

int Admissions::open() const {
  const std::lock_guard lock(mutex_);
  return open_;
}

bool Admissions::wait_until_empty(std::chrono::milliseconds at_most) {
  std::unique_lock lock(mutex_);
  return emptied_.wait_for(lock, at_most, [this] { return open_ == 0; });
}

void Admissions::leave(const std::string& client) {
  const std::lock_guard lock(mutex_);
  if (!client.empty()) {
    const auto known = by_client_.find(client);
    if (--known->second == 0) by_client_.erase(known);
  }
  if (--open_ == 0) emptied_.notify_all();
}

}  // namespace hoopoe::net
