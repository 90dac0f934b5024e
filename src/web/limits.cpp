#include "web/limits.h"

#include <fmt/format.h>

#include "base/refusal.h"
#include "domain/handle.h"

namespace hoopoe::web {

namespace {

constexpr net::RateRule sign_in_rule{.limit = 10, .window = std::chrono::minutes(5)};
constexpr net::RateRule sign_up_rule{.limit = 5, .window = std::chrono::minutes(30)};  // as Mastodon

}  // namespace

Limits::Limits(const Clock& clock, const Settings& settings)
    : clock_(clock),
      enabled_(settings.rate_limits_enabled),
      sign_ins_by_address_(clock, sign_in_rule),
      sign_ins_by_login_(clock, sign_in_rule),
      sign_ups_by_address_(clock, sign_up_rule) {}

void Limits::count_sign_in(const net::Request& request, std::string_view login) {
  take(sign_ins_by_address_, request.remote.network_key());
  take(sign_ins_by_login_, handle_key(login.substr(login.starts_with('@') ? 1 : 0)));
}

void Limits::count_sign_up(const net::Request& request) {
  take(sign_ups_by_address_, request.remote.network_key());
}

void Limits::take(net::RateLimiter& limiter, std::string_view key) const {
  if (!enabled_) return;
  const auto verdict = limiter.take(key);
  if (verdict.allowed) return;
  const auto minutes = std::chrono::ceil<std::chrono::minutes>(verdict.reset - clock_.now()).count();
  throw Refusal(RefusalKind::too_many,
                fmt::format("Too many tries. Please wait {} and try again.",
                            minutes <= 1 ? "a minute" : fmt::format("{} minutes", minutes)));
}

}  // namespace hoopoe::web
