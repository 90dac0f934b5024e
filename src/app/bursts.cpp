#include "app/bursts.h"

#include "base/refusal.h"

namespace hoopoe::app {

namespace {

// Mastodon's, and since 2019 Twitter's, number for a day.
constexpr net::RateRule follows_in_a_day_rule{.limit = 400, .window = std::chrono::hours(24)};
// Ours: who goes through a list by hand follows one in fifteen seconds.
constexpr net::RateRule follows_at_once_rule{.limit = 60, .window = std::chrono::minutes(15)};
constexpr net::RateRule uploads_rule{.limit = 30, .window = std::chrono::minutes(30)};  // as Mastodon
constexpr int uploads_at_once_max = 4;  // as many as an app sends for a post
constexpr net::RateRule sign_ups_rule{.limit = 5, .window = std::chrono::minutes(30)};  // as Mastodon
// Ours: an app asks for one before somebody signs up or reads, and many may share an address.
constexpr net::RateRule app_tokens_rule{.limit = 100, .window = std::chrono::minutes(30)};

}  // namespace

Bursts::Bursts(const Clock& clock, const Settings& settings)
    : clock_(clock),
      settings_(settings),
      follows_at_once_(clock, follows_at_once_rule),
      follows_in_a_day_(clock, follows_in_a_day_rule),
      uploads_(clock, uploads_rule),
      // The pool that draws has its own bound.
      uploads_at_once_(net::Admissions::unbounded, uploads_at_once_max),
      sign_ups_(clock, sign_ups_rule),
      app_tokens_(clock, app_tokens_rule) {}

void Bursts::count_follow(PersonId person) {
  constexpr std::string_view words = "You have followed many people at once.";
  take(follows_at_once_, person.str(), words);
  take(follows_in_a_day_, person.str(), words);
}

net::Admissions::Ticket Bursts::begin_upload(PersonId person) {
  auto ticket = uploads_at_once_.admit(settings_.rate_limits_enabled ? person.str() : "");
  if (!ticket) throw Refusal(RefusalKind::too_many, "Some photos of yours are still being made ready.");
  take(uploads_, person.str(), "You have uploaded many photos at once.");
  return *std::move(ticket);
}

void Bursts::count_sign_up(const net::IpAddress& address) {
  take(sign_ups_, address.network_key(), "Too many tries.");
}

void Bursts::count_app_token(const net::IpAddress& address) {
  take(app_tokens_, address.network_key(), "Too many tokens for applications.");
}

std::optional<net::RateLimiter::Verdict> Bursts::follows_left(PersonId person) {
  if (!settings_.rate_limits_enabled) return std::nullopt;
  return net::closest(follows_at_once_.look(person.str()), follows_in_a_day_.look(person.str()));
}

void Bursts::take(net::RateLimiter& limiter, std::string_view key, std::string_view words) const {
  if (!settings_.rate_limits_enabled) return;
  const auto verdict = limiter.take(key);
  if (!verdict.allowed) throw net::TooMany(words, verdict, clock_.now());
}

}  // namespace hoopoe::app
