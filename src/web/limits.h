#pragma once

#include <string>

#include "base/clock.h"
#include "base/settings.h"
#include "domain/ids.h"
#include "net/admissions.h"
#include "net/http.h"
#include "net/rate_limit.h"

namespace hoopoe::web {

// How often a password may be tried, and something be changed in a browser. From any thread.
class Limits {
 public:
  Limits(const Clock& clock, const Settings& settings);

  // Refusal{too_many}, in words for the person, once there were too many.
  void count_sign_in(const net::Request& request, std::string_view login);
  // A password asked for again of somebody who is signed in.
  void count_password(AccountId account);
  // What somebody who is signed in changes, of whatever kind.
  void count_change(AccountId account);
  // A post or a repost taken back.
  void count_deletion(AccountId account);
  // All that is an account's, taken away as a file. It is under way as long as somebody holds what is given;
  // of one account there are two at most, the page and the JSON.
  net::Admissions::Ticket begin_export(AccountId account);

 private:
  // A key of bounded length whose place in a table nobody outside can choose.
  std::string hidden(std::string_view key) const;
  void take(net::RateLimiter& limiter, std::string_view key) const;

  const Clock& clock_;
  const bool enabled_;
  const std::string salt_;
  net::RateLimiter sign_ins_by_address_;
  net::RateLimiter sign_ins_by_login_and_address_;
  net::RateLimiter sign_ins_by_login_;
  net::RateLimiter passwords_by_account_;
  net::RateLimiter changes_by_account_;
  net::RateLimiter deletions_by_account_;
  net::RateLimiter exports_by_account_;
  net::Admissions exports_under_way_;
};

}  // namespace hoopoe::web
