#pragma once

#include "base/clock.h"
#include "base/settings.h"
#include "net/http.h"
#include "net/rate_limit.h"

namespace hoopoe::web {

// How often a password may be tried and an account be opened. From any thread.
class Limits {
 public:
  Limits(const Clock& clock, const Settings& settings);

  // Refusal{too_many}, in words for the person, once there were too many.
  void count_sign_in(const net::Request& request, std::string_view login);
  void count_sign_up(const net::Request& request);

 private:
  void take(net::RateLimiter& limiter, std::string_view key) const;

  const Clock& clock_;
  const bool enabled_;
  net::RateLimiter sign_ins_by_address_;
  net::RateLimiter sign_ins_by_login_;
  net::RateLimiter sign_ups_by_address_;
};

}  // namespace hoopoe::web
