#include "app/follow.h"

#include "app/accounts.h"
#include "app/bursts.h"
#include "app/notify.h"
#include "app/standing.h"
#include "base/refusal.h"
#include "store/blocks.h"
#include "store/notifications.h"

namespace hoopoe::app {

namespace {

// True when it is new.
bool insert_follow(store::Write& write, const Actor& actor, const Account& target,
                   store::follows::Choices choices) {
  const bool is_asked = target.locked && !store::follows::exists(write, actor.account, target.id);
  const bool is_new = is_asked ? store::follows::insert_request(write, actor.account, target.id, choices)
                               : store::follows::insert(write, actor.account, target.id, choices);
  if (is_new) {
    notify(write, target.id, is_asked ? NotificationKind::follow_request : NotificationKind::follow,
           actor.account);
  }
  return is_new;
}

void erase_follow(store::Write& write, AccountId follower, AccountId target) {
  store::follows::erase(write, follower, target);
  for (const auto kind : {NotificationKind::follow, NotificationKind::follow_request}) {
    store::notifications::erase_cause(write, target, kind, follower, {});
  }
}

}  // namespace

net::Task<Relation> follow(App& app, Actor actor, AccountId target, store::follows::Choices choices) {
  co_return co_await app.db.write([&](store::Write& write) {
    require_may_publish(write, actor);
    const Account account = require_shown(write, target);
    if (target == actor.account || store::blocks::exist_between(write, actor.account, target)) {
      throw Refusal(RefusalKind::forbidden, "This action is not allowed");
    }
    // A refusal takes back what was written.
    if (insert_follow(write, actor, account, choices)) app.bursts.count_follow(actor.person);
    return relation(write, actor.account, target);
  });
}

net::Task<Relation> unfollow(App& app, Actor actor, AccountId target) {
  co_return co_await app.db.write([&](store::Write& write) {
    require_may_publish(write, actor);
    require_shown(write, target);
    erase_follow(write, actor.account, target);
    return relation(write, actor.account, target);
  });
}

net::Task<Relation> remove_follower(App& app, Actor actor, AccountId follower) {
  co_return co_await app.db.write([&](store::Write& write) {
    require_may_publish(write, actor);
    require_shown(write, follower);
    erase_follow(write, follower, actor.account);
    return relation(write, actor.account, follower);
  });
}

net::Task<Relation> answer_follow_request(App& app, Actor actor, AccountId follower, Verdict verdict) {
  co_return co_await app.db.write([&](store::Write& write) {
    require_may_publish(write, actor);
    require_shown(write, follower);
    const auto choices = store::follows::take_request(write, follower, actor.account);
    if (!choices) throw Refusal(RefusalKind::not_found, "Record not found");
    store::notifications::erase_cause(write, actor.account, NotificationKind::follow_request, follower, {});
    if (verdict == Verdict::accepted) store::follows::insert(write, follower, actor.account, *choices);
    return relation(write, actor.account, follower);
  });
}

void accept_follow_requests(store::Write& write, AccountId account) {
  store::follows::accept_requests(write, account);
  store::notifications::erase_kind(write, account, NotificationKind::follow_request);
}

void part(store::Write& write, AccountId one, AccountId other) {
  erase_follow(write, one, other);
  erase_follow(write, other, one);
}

AccountPage followers(App& app, Viewer viewer, AccountId of, const Page& page) {
  return app.db.read([&](store::Read& read) {
    require_shown(read, of);
    return view_accounts(read, viewer, store::follows::followers(read, of, page));
  });
}

AccountPage following(App& app, Viewer viewer, AccountId of, const Page& page) {
  return app.db.read([&](store::Read& read) {
    require_shown(read, of);
    return view_accounts(read, viewer, store::follows::following(read, of, page));
  });
}

AccountPage follow_requests(App& app, AccountId of, const Page& page) {
  return app.db.read(
      [&](store::Read& read) { return view_accounts(read, of, store::follows::requests(read, of, page)); });
}

}  // namespace hoopoe::app
