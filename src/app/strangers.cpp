#include "app/strangers.h"

#include <algorithm>

#include <fmt/format.h>

#include "net/rate_limit.h"
#include "store/approaches.h"
#include "store/follows.h"
#include "store/posts.h"

namespace hoopoe::app {

namespace {

// Nobody documents such a number; these are ours. Who takes part in what is said writes to a stranger every
// few minutes at most, and who shouts at everyone needs hundreds.
constexpr net::RateRule in_an_hour{.limit = 30, .window = std::chrono::hours(1)};
constexpr net::RateRule in_a_day{.limit = 100, .window = approach_kept};

std::vector<AccountId> strangers_among(store::Read& read, AccountId author,
                                       std::vector<AccountId> addressed) {
  const std::vector<AccountId> followers = store::follows::following_among(read, addressed, author);
  std::erase_if(addressed, [&](AccountId other) {
    return other == author || std::ranges::find(followers, other) != followers.end() ||
           store::posts::has_written_to(read, other, author);
  });
  return addressed;
}

void require_room(std::vector<Time> before, std::size_t more, const net::RateRule& rule, Time now) {
  std::erase_if(before, [&](Time then) { return then <= now - rule.window; });
  const auto limit = static_cast<std::size_t>(rule.limit);
  if (more > limit) {
    throw Refusal(
        RefusalKind::invalid,
        fmt::format("Validation failed: A post names at most {} people who neither follow you nor wrote "
                    "to you first.",
                    limit));
  }
  if (before.size() + more <= limit) return;
  std::ranges::sort(before);
  // There is room again once so many of the oldest are no longer counted.
  const Time oldest_left = before[before.size() + more - limit - 1];
  throw net::TooMany(
      fmt::format("You can write to {} people {} who neither follow you nor wrote to you first.", rule.limit,
                  rule.window > std::chrono::hours(1) ? "a day" : "an hour"),
      {.allowed = false,
       .limit = rule.limit,
       .remaining = static_cast<int>(limit - std::min(limit, before.size())),
       .reset = oldest_left + rule.window},
      now);
}

}  // namespace

Strangers strangers_for(const App& app) {
  return app.settings.rate_limits_enabled ? Strangers::bounded : Strangers::unbounded;
}

void count_strangers(store::Write& write, const Actor& actor, std::vector<AccountId> addressed) {
  std::vector<AccountId> strangers = strangers_among(write, actor.account, std::move(addressed));
  if (strangers.empty()) return;
  std::vector<Time> before;
  for (const auto& [account, created] :
       store::approaches::of_person(write, actor.person, write.now() - approach_kept)) {
    std::erase(strangers, account);
    before.push_back(created);
  }
  if (strangers.empty()) return;
  require_room(before, strangers.size(), in_an_hour, write.now());
  require_room(before, strangers.size(), in_a_day, write.now());
  for (const AccountId stranger : strangers) store::approaches::insert(write, actor.person, stranger);
}

}  // namespace hoopoe::app
