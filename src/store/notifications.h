#pragma once

#include <optional>
#include <vector>

#include "domain/notification.h"
#include "domain/page.h"
#include "store/database.h"

// What happened to an account: the table notifications.
namespace hoopoe::store::notifications {

std::optional<Notification> find(Read& read, AccountId account, NotificationId id);
struct Wanted {
  std::vector<NotificationKind> kinds;  // empty: every kind
  AccountId from;                       // none: of anyone
};
// Newest first, those from shown accounts.
std::vector<Notification> list(Read& read, AccountId account, const Wanted& wanted, const Page& page);

// Whether the account wants to be told what somebody did: not where a block lies between them, nor where it
// has muted them with their notifications, or the conversation that begins with root.
bool are_wanted(Read& read, AccountId account, AccountId from, PostId root);
// Tells the account, and its live readers by the outbox. Nothing happens when the very same is there already,
// or when it is one's own doing.
void tell(Write& write, AccountId account, NotificationKind kind, AccountId from, PostId post);
// Likewise, whoever it is from and as often as it is said.
NotificationId insert(Write& write, AccountId account, NotificationKind kind, AccountId from, PostId post);
bool dismiss(Write& write, AccountId account, NotificationId id);
// At most so many; true when there is more.
bool clear(Write& write, AccountId account, int limit);
void erase_kind(Write& write, AccountId account, NotificationKind kind);
// The cause is undone.
void erase_cause(Write& write, AccountId account, NotificationKind kind, AccountId from, PostId post);
// All that these accounts were told about a post.
void erase_about(Write& write, const std::vector<AccountId>& accounts, PostId post);

}  // namespace hoopoe::store::notifications
