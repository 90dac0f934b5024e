#pragma once

#include <optional>
#include <vector>

#include "app/actor.h"
#include "app/post_view.h"
#include "domain/notification.h"
#include "net/task.h"
#include "store/notifications.h"

namespace hoopoe::app {

struct App;

struct NotificationView {
  Notification notification;
  Account from;
  std::optional<PostView> post;
};

struct NotificationPage {
  std::vector<NotificationView> notifications;
  std::vector<NotificationId> covered;
};

// Newest first; left out are those about posts that the account can no longer read, and those of whom it has
// blocked or muted.
NotificationPage notifications(App& app, AccountId account, const store::notifications::Wanted& wanted,
                               const Page& page);
// None unless it is there and the account's own.
std::optional<NotificationView> find_notification(store::Read& read, AccountId account, NotificationId id);
net::Task<void> dismiss_notification(App& app, Actor actor, NotificationId id);
net::Task<void> clear_notifications(App& app, Actor actor);

}  // namespace hoopoe::app
