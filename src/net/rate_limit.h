#pragma once

#include <array>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/clock.h"
#include "base/refusal.h"

namespace hoopoe::net {

// So many in each window of time, as the Mastodon API counts: 300 in 5 minutes. Windows start at whole
// multiples of their length, so that a client can wait for the reset it was told.
struct RateRule {
  int limit;
  std::chrono::seconds window;
};

// Counts by key: IpAddress::network_key(), an account's id. In memory that is bounded, from any thread.
class RateLimiter {
 public:
  struct Verdict {
    bool allowed;
    int limit;
    int remaining;  // after this one
    Time reset;     // when the count starts again
  };

  // The clock is borrowed for the limiter's life.
  RateLimiter(const Clock& clock, RateRule rule) : clock_(clock), rule_(rule) {}

  // Counts one for the key, also when it isn't allowed.
  Verdict take(std::string_view key);
  // Counts nothing.
  Verdict look(std::string_view key);

 private:
  // A key takes about 100 bytes, so a limiter holds at most about 25 MB. When a shard is full it forgets some
  // other key: whoever floods with addresses makes it let one through, not keep everyone out.
  static constexpr std::size_t shard_count = 16;
  static constexpr std::size_t keys_per_shard_max = 16'384;

  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  struct Shard {
    std::mutex mutex;
    Time window_start;
    std::unordered_map<std::string, int, Hash, std::equal_to<>> counts;
  };

  std::size_t shard_of(std::string_view key) const { return (Hash{}(key) >> 32) % shard_count; }
  Time window_start() const;
  Verdict verdict(int count, Time start) const;

  const Clock& clock_;
  const RateRule rule_;
  std::array<Shard, shard_count> shards_;
};

// Of two limits the one that refuses, else the one with less left.
RateLimiter::Verdict closest(const RateLimiter::Verdict& one, const RateLimiter::Verdict& other);

// A refusal by a limit: WORDS, and when it is worth to try again.
struct TooMany : Refusal {
  TooMany(std::string_view words, const RateLimiter::Verdict& refused, Time now);
  RateLimiter::Verdict verdict;
};

}  // namespace hoopoe::net
