#include "app/notifications.h"

#include "app/follow.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/paths.h"
#include "web/post_values.h"
#include "web/times.h"

namespace hoopoe::web {

namespace {

std::string_view section_of(NotificationKind kind) {
  switch (kind) {
    case NotificationKind::mention:
      return "MENTION";
    case NotificationKind::follow:
      return "FOLLOW";
    case NotificationKind::follow_request:
      return "FOLLOW_REQUEST";
    case NotificationKind::favourite:
      return "FAVOURITE";
    case NotificationKind::repost:
      return "REPOST";
    case NotificationKind::edit:
      return "EDIT";
    case NotificationKind::post:
      return "POST";
    case NotificationKind::strike:
      return "STRIKE";
  }
  return "";
}

std::string_view section_of(StrikeKind kind) {
  switch (kind) {
    case StrikeKind::warning:
      return "WARNING";
    case StrikeKind::post_taken_down:
      return "POST_TAKEN_DOWN";
    case StrikeKind::limited:
      return "LIMITED";
    case StrikeKind::post_turned_down:
      return "POST_TURNED_DOWN";
  }
  return "";
}

void fill_strike(Values& values, const app::NotificationView& view, Time now) {
  const Strike& strike = *view.strike;
  const Time created = view.notification.created;
  values.set("ISO", iso8601(created)).set("TIME", short_time(created, now));
  values.section(section_of(strike.kind));
  if (!strike.words.empty()) values.section("WHY").set("WORDS", strike.words);
  if (strike.post) {
    values.section("ABOUT")
        .set("URL", path_of(view.from, strike.post))
        .set("WORDS", view.taken_down.empty() ? "The post" : "“" + view.taken_down + "”");
  }
}

void fill(Values& values, const app::NotificationView& view, const Context& context) {
  const Time now = context.app.clock.now();
  const Notification& notification = view.notification;
  // A mention, or what one asked to be told of, is the post itself; of what was done to one's own post there
  // is a line.
  if ((notification.kind == NotificationKind::mention || notification.kind == NotificationKind::post) &&
      view.post) {
    fill_post(values.include("POST", post_template), *view.post, frame_for(context));
    return;
  }
  if (view.strike) {
    fill_strike(values.section("STRIKE"), view, now);
    return;
  }
  Values& line = values.section("LINE");
  line.set("NAME", view.from.shown_name()).set("URL", path_of(view.from));
  line.set("ISO", iso8601(notification.created)).set("TIME", short_time(notification.created, now));
  line.section(section_of(notification.kind));
  fill_tile(line, view.from);
  if (!view.post) return;
  const app::PostView& post = view.post->shown();
  line.section("ABOUT").set("URL", path_of(*post.author, post.post->id)).set("WORDS", post.post->text);
}

}  // namespace

net::Task<net::Response> notifications(Context& context) {
  const Page wanted = read_page(context);
  const auto found = app::notifications(context.app, context.viewer(), {}, wanted);
  HtmlPage page{.title = "Notices", .body = "notifications.html", .section = "NOTIFICATIONS"};
  auto unread =
      is_first(wanted) ? app::unread_notifications(context.app, context.viewer(), {}, wanted.limit) : 0;
  // Who looks has read them; the page marks once more what was new.
  if (unread > 0 && !found.covered.empty()) {
    co_await app::set_markers(context.app, context.me().actor,
                              {{"notifications", found.covered.front().value}});
  }
  for (const app::NotificationView& view : found.notifications) {
    Values& entry = page.values.section("NOTIFICATION");
    if (unread-- > 0) entry.section("NEWS");
    fill(entry, view, context);
  }
  if (found.notifications.empty()) page.values.section("EMPTY");
  const auto asking = app::follow_requests(context.app, context.viewer(), {.limit = 1});
  if (!asking.covered.empty()) page.values.section("WAITING");
  add_pager(page.values, wanted, covered_by(found.covered, wanted), "/notifications");
  co_return render(context, std::move(page));
}

}  // namespace hoopoe::web
