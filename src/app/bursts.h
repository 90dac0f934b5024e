#pragma once

#include <optional>
#include <string_view>

#include "base/clock.h"
#include "base/settings.h"
#include "domain/ids.h"
#include "net/address.h"
#include "net/admissions.h"
#include "net/rate_limit.h"

namespace hoopoe::app {

// How much of one kind at once and in a day, over all faces together; none where settings.rate_limits_enabled
// is false. By person, so that whoever has several accounts has one count, or by address. From any thread.
class Bursts {
 public:
  // Both are borrowed for its life.
  Bursts(const Clock& clock, const Settings& settings);

  // Each counts one. net::TooMany, in words for the person, once there were too many.
  void count_follow(PersonId person);
  void count_sign_up(const net::IpAddress& address);
  // An application's own token: nobody has signed in.
  void count_app_token(const net::IpAddress& address);

  // Likewise, and Refusal{too_many} while four are under way already.
  [[nodiscard]] net::Admissions::Ticket begin_upload(PersonId person);

  // What is left of the follows, by the limit that is closest; nothing is counted.
  std::optional<net::RateLimiter::Verdict> follows_left(PersonId person);

 private:
  void take(net::RateLimiter& limiter, std::string_view key, std::string_view words) const;

  const Clock& clock_;
  const Settings& settings_;
  net::RateLimiter follows_at_once_;
  net::RateLimiter follows_in_a_day_;
  net::RateLimiter uploads_;
  net::Admissions uploads_at_once_;
  net::RateLimiter sign_ups_;
  net::RateLimiter app_tokens_;
};

}  // namespace hoopoe::app
