#include "app/notifications.h"

#include <unordered_map>

#include "app/app.h"
#include "app/standing.h"
#include "base/refusal.h"
#include "store/accounts.h"
#include "store/blocks.h"
#include "store/mutes.h"
#include "store/posts.h"
#include "store/strikes.h"
#include "store/takedowns.h"

namespace hoopoe::app {

namespace {

constexpr int notifications_per_write = 1000;  // some 5 ms of the writer's time

std::string words_taken_down(store::Read& read, const Strike& strike) {
  if (!strike.post || !store::takedowns::find(read, strike.post)) return "";
  const auto post = store::posts::find(read, strike.post);
  return post ? post->text : "";
}

std::vector<NotificationView> view(store::Read& read, AccountId account,
                                   const std::vector<Notification>& found) {
  std::vector<AccountId> senders;
  std::vector<PostId> posts;
  std::vector<NotificationId> about_strikes;
  for (const Notification& notification : found) {
    senders.push_back(notification.from);
    if (notification.post) posts.push_back(notification.post);
    if (notification.kind == NotificationKind::strike) about_strikes.push_back(notification.id);
  }
  std::unordered_map<AccountId, Account> accounts = store::accounts::find_map(read, senders);
  for (const auto& unwanted : {store::blocks::between(read, account, senders),
                               store::mutes::silenced_among(read, account, senders)}) {
    for (const AccountId sender : unwanted) accounts.erase(sender);
  }
  std::unordered_map<PostId, PostView> views;
  for (PostView& post : view_posts(read, account, posts, Muted::shown))
    views.emplace(post.post->id, std::move(post));
  std::unordered_map<NotificationId, Strike> strikes;
  if (!about_strikes.empty()) {
    for (Strike& strike : store::strikes::find_many(read, account, about_strikes))
      strikes.emplace(strike.id, std::move(strike));
  }

  std::vector<NotificationView> shown;
  for (const Notification& notification : found) {
    const auto from = accounts.find(notification.from);
    const auto post = views.find(notification.post);
    const auto strike = strikes.find(notification.id);
    if (from == accounts.end() || !from->second.is_shown() || (notification.post && post == views.end()))
      continue;
    shown.push_back({.notification = notification,
                     .from = from->second,
                     .post = notification.post ? std::optional(post->second) : std::nullopt,
                     .strike = strike != strikes.end() ? std::optional(strike->second) : std::nullopt,
                     .taken_down = strike != strikes.end() ? words_taken_down(read, strike->second) : ""});
  }
  return shown;
}

}  // namespace

NotificationPage notifications(App& app, AccountId account, const store::notifications::Wanted& wanted,
                               const Page& page) {
  return app.db.read([&](store::Read& read) {
    const std::vector<Notification> found = store::notifications::list(read, account, wanted, page);
    NotificationPage result{.notifications = view(read, account, found), .covered = {}};
    for (const Notification& notification : found) result.covered.push_back(notification.id);
    return result;
  });
}

std::optional<NotificationView> find_notification(store::Read& read, AccountId account, NotificationId id) {
  const auto found = store::notifications::find(read, account, id);
  std::vector<NotificationView> views;
  if (found) views = view(read, account, {*found});
  if (views.empty()) return std::nullopt;
  return std::move(views.front());
}

std::int64_t unread_notifications(App& app, AccountId account, const store::notifications::Wanted& wanted,
                                  int limit) {
  return app.db.read([&](store::Read& read) {
    const auto mark = store::markers::find(read, account, "notifications");
    const Page page{.since_id = mark ? mark->last_read : 0, .limit = limit};
    return static_cast<std::int64_t>(
        view(read, account, store::notifications::list(read, account, wanted, page)).size());
  });
}

net::Task<std::vector<std::pair<std::string_view, store::markers::Marker>>> set_markers(
    App& app, Actor actor, std::vector<std::pair<std::string_view, std::int64_t>> last_read) {
  co_return co_await app.db.write([&](store::Write& write) {
    require_may_publish(write, actor);
    std::vector<std::pair<std::string_view, store::markers::Marker>> set;
    set.reserve(last_read.size());
    for (const auto& [timeline, id] : last_read) {
      set.emplace_back(timeline, store::markers::set(write, actor.account, timeline, id));
    }
    return set;
  });
}

net::Task<void> dismiss_notification(App& app, Actor actor, NotificationId id) {
  co_await app.db.write([&](store::Write& write) {
    require_may_publish(write, actor);
    if (!find_notification(write, actor.account, id)) {
      throw Refusal(RefusalKind::not_found, "Record not found");
    }
    store::notifications::dismiss(write, actor.account, id);
  });
}

net::Task<void> clear_notifications(App& app, Actor actor) {
  bool more = true;
  while (more) {
    more = co_await app.db.write([&](store::Write& write) {
      require_may_publish(write, actor);
      return store::notifications::clear(write, actor.account, notifications_per_write);
    });
  }
}

}  // namespace hoopoe::app
