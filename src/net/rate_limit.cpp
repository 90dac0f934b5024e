#include "net/rate_limit.h"

#include <algorithm>

namespace hoopoe::net {

RateLimiter::Verdict RateLimiter::take(std::string_view key) {
  const auto start = window_start();
  auto& shard = shards_[shard_of(key)];
  const std::lock_guard lock(shard.mutex);
  if (shard.window_start != start) {
    shard.counts.clear();
    shard.window_start = start;
  }
  auto entry = shard.counts.find(key);
  if (entry == shard.counts.end()) {
    if (shard.counts.size() == keys_per_shard_max) shard.counts.erase(shard.counts.begin());
    entry = shard.counts.emplace(key, 0).first;
  }
  // One above the limit says it all; a client that goes on for days doesn't overflow.
  entry->second = std::min(entry->second + 1, rule_.limit + 1);
  return verdict(entry->second, start);
}

Time RateLimiter::window_start() const {
  const auto now = clock_.now();
  return now - now.time_since_epoch() % rule_.window;
}

RateLimiter::Verdict RateLimiter::verdict(int count, Time start) const {
  return {.allowed = count <= rule_.limit,
          .limit = rule_.limit,
          .remaining = std::max(0, rule_.limit - count),
          .reset = start + rule_.window};
}

}  // namespace hoopoe::net
