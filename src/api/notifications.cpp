#include "app/notifications.h"

#include <algorithm>
#include <array>
#include <utility>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "api/entities.h"
#include "api/handlers.h"
#include "base/refusal.h"

namespace hoopoe::api {

namespace {

constexpr PageLimits notification_limits{.normal = 40, .max = 80};  // Mastodon API, notifications "limit"

constexpr std::array<std::pair<std::string_view, NotificationKind>, 8> types{{
    {"mention", NotificationKind::mention},
    {"follow", NotificationKind::follow},
    {"follow_request", NotificationKind::follow_request},
    {"favourite", NotificationKind::favourite},
    {"reblog", NotificationKind::repost},
    {"update", NotificationKind::edit},
    {"status", NotificationKind::post},
    {"moderation_warning", NotificationKind::strike},
}};

constexpr PageLimits unread_limits{.normal = 100, .max = 1000};  // notifications/unread_count "limit"
constexpr std::array<std::string_view, 2> marked_timelines{"home", "notifications"};

json::object marker_json(const store::markers::Marker& marker) {
  return {{"last_read_id", std::to_string(marker.last_read)},
          {"version", marker.version},
          {"updated_at", iso8601(marker.updated)}};
}

bool names(const std::vector<std::string_view>& list, std::string_view name) {
  return std::ranges::find(list, name) != list.end();
}

// `types` are wanted, or else all but `exclude_types`. Types that we never send are no error.
store::notifications::Wanted wanted(const Call& call) {
  const auto included = call.parameters.all("types");
  const auto excluded = call.parameters.all("exclude_types");
  store::notifications::Wanted wanted;
  for (const auto& [name, kind] : types) {
    if ((included.empty() || names(included, name)) && !names(excluded, name)) wanted.kinds.push_back(kind);
  }
  if (const std::string_view from = call.parameter("account_id"); !from.empty()) {
    wanted.from = AccountId{require_id(from)};
  }
  return wanted;
}

}  // namespace

Answer notifications(Call& call) {
  const auto what = wanted(call);
  if (what.kinds.empty()) co_return answer(json::array{});
  const app::NotificationPage page =
      app::notifications(call.app, call.user().account, what, page_of(call, notification_limits));
  co_return answer_page(call, notifications_json(call.app, page.notifications), numbers(page.covered));
}

Answer unread_count(Call& call) {
  const auto what = wanted(call);
  const int limit = page_of(call, unread_limits).limit;
  const std::int64_t count =
      what.kinds.empty() ? 0 : app::unread_notifications(call.app, call.user().account, what, limit);
  co_return answer(json::object{{"count", count}});
}

Answer markers(Call& call) {
  json::object entities;
  for (const std::string_view timeline : call.parameters.all("timeline")) {
    if (std::ranges::find(marked_timelines, timeline) == marked_timelines.end()) continue;
    const auto marker = call.app.db.read(
        [&](store::Read& read) { return store::markers::find(read, call.user().account, timeline); });
    if (marker) entities[timeline] = marker_json(*marker);
  }
  co_return answer(entities);
}

Answer set_markers(Call& call) {
  std::vector<std::pair<std::string_view, std::int64_t>> wishes;
  for (const std::string_view timeline : marked_timelines) {
    const std::string_view id = call.parameter(fmt::format("{}[last_read_id]", timeline));
    if (!id.empty()) wishes.emplace_back(timeline, require_id(id));
  }
  json::object entities;
  for (const auto& [timeline, marker] : co_await app::set_markers(call.app, call.user(), wishes)) {
    entities[timeline] = marker_json(marker);
  }
  co_return answer(entities);
}

Answer notification(Call& call) {
  const auto id = path_id<NotificationId>(call);
  const auto view = call.app.db.read(
      [&](store::Read& read) { return app::find_notification(read, call.user().account, id); });
  if (!view) throw Refusal(RefusalKind::not_found, "Record not found");
  co_return answer(notification_json(call.app, *view));
}

Answer dismiss_notification(Call& call) {
  co_await app::dismiss_notification(call.app, call.user(), path_id<NotificationId>(call));
  co_return answer(json::object{});
}

Answer clear_notifications(Call& call) {
  co_await app::clear_notifications(call.app, call.user());
  co_return answer(json::object{});
}

}  // namespace hoopoe::api
