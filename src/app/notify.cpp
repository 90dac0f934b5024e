#include "app/notify.h"

#include "store/notifications.h"

namespace hoopoe::app {

void notify(store::Write& write, AccountId account, NotificationKind kind, AccountId from) {
  notify(write, account, kind, from, Post{});
}

void notify(store::Write& write, AccountId account, NotificationKind kind, AccountId from, const Post& post) {
  if (account == from || !store::notifications::are_wanted(write, account, from, post.root)) return;
  store::notifications::tell(write, account, kind, from, post.id);
}

}  // namespace hoopoe::app
