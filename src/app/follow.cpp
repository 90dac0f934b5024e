#include "app/follow.h"

#include "app/accounts.h"
#include "app/post_view.h"
#include "app/standing.h"
#include "base/refusal.h"
#include "store/accounts.h"
#include "store/favourites.h"
#include "store/notifications.h"

namespace hoopoe::app {

namespace {

void insert_follow(store::Write& write, const Actor& actor, const Account& target,
                   store::follows::Choices choices) {
  if (target.locked && !store::follows::exists(write, actor.account, target.id)) {
    if (store::follows::insert_request(write, actor.account, target.id, choices)) {
      store::notifications::tell(write, target.id, NotificationKind::follow_request, actor.account, {});
    }
  } else if (store::follows::insert(write, actor.account, target.id, choices)) {
    store::notifications::tell(write, target.id, NotificationKind::follow, actor.account, {});
  }
}

Relation relation(store::Read& read, AccountId account, AccountId other) {
  return store::follows::relations(read, account, {other}).front().second;
}

template <class Entry>
AccountPage to_page(store::Read& read, const std::vector<Entry>& entries) {
  AccountPage page;
  std::vector<AccountId> ids;
  for (const Entry& entry : entries) {
    ids.push_back(entry.account);
    page.covered.push_back(entry.id);
  }
  page.accounts = store::accounts::find_many(read, ids);
  return page;
}

}  // namespace

net::Task<Relation> follow(App& app, Actor actor, AccountId target, store::follows::Choices choices) {
  if (target == actor.account) throw Refusal(RefusalKind::forbidden, "This action is not allowed");
  co_return co_await app.db.write([&](store::Write& write) {
    require_may_publish(write, actor);
    insert_follow(write, actor, require_shown(write, target), choices);
    return relation(write, actor.account, target);
  });
}

net::Task<Relation> unfollow(App& app, Actor actor, AccountId target) {
  co_return co_await app.db.write([&](store::Write& write) {
    require_may_publish(write, actor);
    require_shown(write, target);
    store::follows::erase(write, actor.account, target);
    for (const auto kind : {NotificationKind::follow, NotificationKind::follow_request}) {
      store::notifications::erase_cause(write, target, kind, actor.account, {});
    }
    return relation(write, actor.account, target);
  });
}

AccountPage followers(App& app, AccountId of, const Page& page) {
  return app.db.read([&](store::Read& read) {
    require_shown(read, of);
    return to_page(read, store::follows::followers(read, of, page));
  });
}

AccountPage following(App& app, AccountId of, const Page& page) {
  return app.db.read([&](store::Read& read) {
    require_shown(read, of);
    return to_page(read, store::follows::following(read, of, page));
  });
}

AccountPage favourited_by(App& app, AccountId viewer, PostId post, const Page& page) {
  return app.db.read([&](store::Read& read) {
    const PostId shown = view_post(read, viewer, post).shown().post.id;
    return to_page(read, store::favourites::of_post(read, shown, page));
  });
}

AccountPage reposted_by(App& app, AccountId viewer, PostId post, const Page& page) {
  return app.db.read([&](store::Read& read) {
    const PostId shown = view_post(read, viewer, post).shown().post.id;
    return to_page(read, store::favourites::reposters_of(read, shown, page));
  });
}

}  // namespace hoopoe::app
