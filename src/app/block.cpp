#include "app/block.h"

#include "app/accounts.h"
#include "app/follow.h"
#include "app/standing.h"
#include "base/refusal.h"
#include "store/blocks.h"
#include "store/mutes.h"

namespace hoopoe::app {

namespace {

void require_may_meet(store::Write& write, const Actor& actor, AccountId target) {
  require_may_publish(write, actor);
  require_shown(write, target);
  if (target == actor.account) throw Refusal(RefusalKind::forbidden, "This action is not allowed");
}

}  // namespace

net::Task<Relation> block(App& app, Actor actor, AccountId target) {
  co_return co_await app.db.write([&](store::Write& write) {
    require_may_meet(write, actor, target);
    part(write, actor.account, target);
    store::blocks::insert(write, actor.account, target);
    return relation(write, actor.account, target);
  });
}

net::Task<Relation> unblock(App& app, Actor actor, AccountId target) {
  co_return co_await app.db.write([&](store::Write& write) {
    require_may_meet(write, actor, target);
    store::blocks::erase(write, actor.account, target);
    return relation(write, actor.account, target);
  });
}

AccountPage blocked_accounts(App& app, AccountId of, const Page& page) {
  return app.db.read(
      [&](store::Read& read) { return view_accounts(read, anonymous, store::blocks::list(read, of, page)); });
}

std::optional<Time> end_of_mute(const App& app, std::int64_t seconds) {
  constexpr std::chrono::years longest{100};
  const std::chrono::seconds duration(seconds);
  if (duration < std::chrono::seconds::zero() || duration > longest) {
    throw Refusal(RefusalKind::invalid, "Validation failed: duration is not a number of seconds");
  }
  if (duration == std::chrono::seconds::zero()) return std::nullopt;
  return app.clock.now() + duration;
}

net::Task<Relation> mute(App& app, Actor actor, AccountId target, Mute mute) {
  co_return co_await app.db.write([&](store::Write& write) {
    require_may_meet(write, actor, target);
    store::mutes::insert(write, actor.account, target, mute);
    return relation(write, actor.account, target);
  });
}

net::Task<Relation> unmute(App& app, Actor actor, AccountId target) {
  co_return co_await app.db.write([&](store::Write& write) {
    require_may_meet(write, actor, target);
    store::mutes::erase(write, actor.account, target);
    return relation(write, actor.account, target);
  });
}

AccountPage muted_accounts(App& app, AccountId of, const Page& page) {
  return app.db.read(
      [&](store::Read& read) { return view_accounts(read, of, store::mutes::list(read, of, page)); });
}

}  // namespace hoopoe::app
