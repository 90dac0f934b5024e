#pragma once

#include "domain/notification.h"
#include "domain/post.h"
#include "store/database.h"

namespace hoopoe::app {

// Tells an account what somebody did, once; nothing of its own doing, nor of those it has blocked or muted
// with their notifications, nor of those who have blocked it, nor in a conversation that it has muted.
void notify(store::Write& write, AccountId account, NotificationKind kind, AccountId from);
// The same about a post.
void notify(store::Write& write, AccountId account, NotificationKind kind, AccountId from, const Post& post);

}  // namespace hoopoe::app
