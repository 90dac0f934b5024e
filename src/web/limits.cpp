#include "web/limits.h"

#include "crypto/hash.h"
#include "crypto/password.h"
#include "domain/handle.h"

namespace hoopoe::web {

namespace {

constexpr net::RateRule sign_in_rule{.limit = 10, .window = std::chrono::minutes(5)};
// Of one name from everywhere: who guesses from one place keeps nobody out who sits elsewhere.
constexpr net::RateRule login_rule{.limit = 100, .window = std::chrono::minutes(5)};
constexpr net::RateRule change_rule{.limit = 300, .window = std::chrono::minutes(5)};  // as calls of the API
constexpr net::RateRule deletion_rule{.limit = 30, .window = std::chrono::minutes(30)};  // likewise
// Of a large account each is thousands of reads; both kinds, and again after a line that broke.
constexpr net::RateRule export_rule{.limit = 6, .window = std::chrono::hours(1)};
constexpr int exports_under_way_max = 2;
constexpr std::size_t salt_bytes = 16;

}  // namespace

Limits::Limits(const Clock& clock, const Settings& settings)
    : clock_(clock),
      enabled_(settings.rate_limits_enabled),
      salt_(crypto::random_token(salt_bytes)),
      sign_ins_by_address_(clock, sign_in_rule),
      sign_ins_by_login_and_address_(clock, sign_in_rule),
      sign_ins_by_login_(clock, login_rule),
      passwords_by_account_(clock, sign_in_rule),
      changes_by_account_(clock, change_rule),
      deletions_by_account_(clock, deletion_rule),
      exports_by_account_(clock, export_rule),
      exports_under_way_(net::Admissions::unbounded, exports_under_way_max) {}

std::string Limits::hidden(std::string_view key) const {
  const crypto::Digest digest = crypto::sha256(salt_ + std::string(key));
  return {digest.begin(), digest.end()};
}

void Limits::count_sign_in(const net::Request& request, std::string_view login) {
  const std::string network = request.remote.network_key();
  const std::string name = handle_key(login.substr(login.starts_with('@') ? 1 : 0));
  take(sign_ins_by_address_, network);
  take(sign_ins_by_login_and_address_, hidden(name + " " + network));
  take(sign_ins_by_login_, hidden(name));
}

void Limits::count_password(AccountId account) { take(passwords_by_account_, account.str()); }

void Limits::count_change(AccountId account) { take(changes_by_account_, account.str()); }

void Limits::count_deletion(AccountId account) { take(deletions_by_account_, account.str()); }

net::Admissions::Ticket Limits::begin_export(AccountId account) {
  auto ticket = exports_under_way_.admit(account.str());
  if (!ticket) {
    throw Refusal(RefusalKind::too_many, "Two downloads of your data are under way. Let one of them end.");
  }
  take(exports_by_account_, account.str());
  return *std::move(ticket);
}

void Limits::take(net::RateLimiter& limiter, std::string_view key) const {
  if (!enabled_) return;
  const auto verdict = limiter.take(key);
  if (!verdict.allowed) throw net::TooMany("Too many tries.", verdict, clock_.now());
}

}  // namespace hoopoe::web
