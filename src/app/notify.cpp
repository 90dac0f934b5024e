#include "app/notify.h"

#include "store/blocks.h"
#include "store/mutes.h"
#include "store/notifications.h"
#include "store/posts.h"

namespace hoopoe::app {

void notify(store::Write& write, AccountId account, NotificationKind kind, AccountId from, PostId post) {
  if (store::blocks::exist_between(write, account, from)) return;
  if (!store::mutes::silenced_among(write, account, {from}).empty()) return;
  if (post && !store::mutes::muted_conversations_among(write, account, {store::posts::root_of(write, post)})
                   .empty()) {
    return;
  }
  store::notifications::tell(write, account, kind, from, post);
}

}  // namespace hoopoe::app
