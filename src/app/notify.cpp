#include "app/notify.h"

#include "store/blocks.h"
#include "store/mutes.h"
#include "store/notifications.h"

namespace hoopoe::app {

void notify(store::Write& write, AccountId account, NotificationKind kind, AccountId from, PostId post) {
  if (store::blocks::exist_between(write, account, from)) return;
  if (!store::mutes::silenced_among(write, account, {from}).empty()) return;
  if (post && !store::mutes::in_muted_conversations(write, account, {post}).empty()) return;
  store::notifications::tell(write, account, kind, from, post);
}

}  // namespace hoopoe::app
