#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/actor.h"
#include "app/post_view.h"
#include "domain/notification.h"
#include "domain/strike.h"
#include "net/task.h"
#include "store/markers.h"
#include "store/notifications.h"

namespace hoopoe::app {

struct App;

struct NotificationView {
  Notification notification;
  Account from;
  std::optional<PostView> post;
  std::optional<Strike> strike;  // when it is one
  std::string taken_down;        // the words of the post that it is about, while that may come back
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
// Of those newer than a mark, at most so many.
std::int64_t unread_notifications(App& app, AccountId account, const store::notifications::Wanted& wanted,
                                  int limit);
// How far timelines were read, by name; gives them as they are afterwards.
net::Task<std::vector<std::pair<std::string_view, store::markers::Marker>>> set_markers(
    App& app, Actor actor, std::vector<std::pair<std::string_view, std::int64_t>> last_read);
net::Task<void> dismiss_notification(App& app, Actor actor, NotificationId id);
net::Task<void> clear_notifications(App& app, Actor actor);

}  // namespace hoopoe::app
