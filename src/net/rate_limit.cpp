#include "net/rate_limit.h"

#include <algorithm>

#include <fmt/format.h>

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

RateLimiter::Verdict RateLimiter::look(std::string_view key) {
  const auto start = window_start();
  auto& shard = shards_[shard_of(key)];
  const std::lock_guard lock(shard.mutex);
  const auto entry = shard.counts.find(key);
  const bool counted = shard.window_start == start && entry != shard.counts.end();
  return verdict(counted ? entry->second : 0, start);
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

RateLimiter::Verdict closest(const RateLimiter::Verdict& one, const RateLimiter::Verdict& other) {
  if (one.allowed != other.allowed) return one.allowed ? other : one;
  return other.remaining < one.remaining ? other : one;
}

namespace {

std::string in_words(std::chrono::minutes wait) {
  if (wait <= std::chrono::minutes(1)) return "a minute";
  if (wait <= std::chrono::hours(2)) return fmt::format("{} minutes", wait.count());
  return fmt::format("{} hours", std::chrono::ceil<std::chrono::hours>(wait).count());
}

}  // namespace

TooMany::TooMany(std::string_view words, const RateLimiter::Verdict& refused, Time now)
    : Refusal(RefusalKind::too_many,
              fmt::format("{} Please wait {} and try again.", words,
                          in_words(std::chrono::ceil<std::chrono::minutes>(refused.reset - now)))),
      verdict(refused) {}

}  // namespace hoopoe::net
