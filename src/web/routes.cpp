#include "web/routes.h"

#include <array>
#include <memory>

#include "web/page.h"
#include "web/pages.h"
#include "web/paths.h"

namespace hoopoe::web {

namespace {

using net::Method;

constexpr std::chrono::hours pictures_kept{24};

// What the handlers share.
struct Shared {
  Limits limits;
  net::AnswerCache pictures;
};

constexpr std::size_t kept_text_bytes_max =
    2000;  // of an address; percent-encoded twice it is five times that

enum class For { everyone, signed_in };

struct Route {
  Method method;
  std::string_view pattern;
  PageFunction* page;
  For whom = For::everyone;
};

constexpr std::array routes{
    Route{Method::get, "/", square},
    Route{Method::get, "/home", home, For::signed_in},
    Route{Method::get, "/tags/:tag", tag},
    Route{Method::get, "/@:handle", profile},
    Route{Method::get, "/@:handle/with-replies", profile_with_replies},
    Route{Method::get, "/@:handle/photos", profile_photos},
    Route{Method::get, "/@:handle/followers", followers},
    Route{Method::get, "/@:handle/following", following},
    Route{Method::get, "/@:handle/live", live},
    Route{Method::get, "/tags/:tag/live", live_tag},
    Route{Method::get, "/@:handle/:id/live", live_occasion},
    Route{Method::get, "/live/events", live_events},
    Route{Method::get, "/live/poll", live_poll},
    Route{Method::get, "/@:handle/with/@:other", exchange},
    Route{Method::get, "/@:handle/:id", permalink},
    Route{Method::get, "/@:handle/:id/history", history},
    Route{Method::get, "/@:handle/:id/cite", cite},
    Route{Method::get, "/@:handle/:id/cite.html", cite_as_html},
    Route{Method::get, "/@:handle/:id/cite.json", cite_as_json},
    Route{Method::get, "/@:handle/:id/embed", embed},
    Route{Method::get, "/@:handle/:id/image.png", post_image},
    Route{Method::get, "/api/oembed", oembed},
    Route{Method::get, "/feed.rss", square_feed},
    Route{Method::get, "/feed.atom", square_feed},
    Route{Method::get, "/feed.json", square_feed},
    Route{Method::get, "/tags/:tag.rss", tag_feed},
    Route{Method::get, "/tags/:tag.atom", tag_feed},
    Route{Method::get, "/tags/:tag.json", tag_feed},
    Route{Method::get, "/@:handle.rss", profile_feed},
    Route{Method::get, "/@:handle.atom", profile_feed},
    Route{Method::get, "/@:handle.json", profile_feed},
    Route{Method::get, "/@:handle/with-replies.rss", profile_with_replies_feed},
    Route{Method::get, "/@:handle/with-replies.atom", profile_with_replies_feed},
    Route{Method::get, "/@:handle/with-replies.json", profile_with_replies_feed},
    Route{Method::get, "/@:handle/photos.rss", profile_photos_feed},
    Route{Method::get, "/@:handle/photos.atom", profile_photos_feed},
    Route{Method::get, "/@:handle/photos.json", profile_photos_feed},
    Route{Method::get, "/@:handle/with/@:other.rss", exchange_feed},
    Route{Method::get, "/@:handle/with/@:other.atom", exchange_feed},
    Route{Method::get, "/@:handle/with/@:other.json", exchange_feed},
    Route{Method::get, "/posts/:id", find_post},
    Route{Method::get, "/compose", compose, For::signed_in},
    Route{Method::post, "/posts", publish, For::signed_in},
    Route{Method::post, "/posts/:id/repost", repost, For::signed_in},
    Route{Method::post, "/posts/:id/undo-repost", undo_repost, For::signed_in},
    Route{Method::post, "/posts/:id/favourite", favourite, For::signed_in},
    Route{Method::post, "/posts/:id/undo-favourite", undo_favourite, For::signed_in},
    Route{Method::post, "/posts/:id/bookmark", bookmark, For::signed_in},
    Route{Method::post, "/posts/:id/undo-bookmark", undo_bookmark, For::signed_in},
    Route{Method::post, "/posts/:id/mute", mute_conversation, For::signed_in},
    Route{Method::post, "/posts/:id/unmute", unmute_conversation, For::signed_in},
    Route{Method::post, "/posts/:id/pin", pin, For::signed_in},
    Route{Method::post, "/posts/:id/unpin", unpin, For::signed_in},
    Route{Method::get, "/posts/:id/event", show_occasion, For::signed_in},
    Route{Method::post, "/posts/:id/event", plan_occasion, For::signed_in},
    Route{Method::get, "/posts/:id/edit", show_edit, For::signed_in},
    Route{Method::post, "/posts/:id/edit", edit, For::signed_in},
    Route{Method::get, "/posts/:id/redraft", redraft, For::signed_in},
    Route{Method::get, "/posts/:id/delete", show_delete, For::signed_in},
    Route{Method::post, "/posts/:id/delete", delete_post, For::signed_in},
    Route{Method::post, "/posts/:id/hide", hide_reply, For::signed_in},
    Route{Method::post, "/posts/:id/unhide", unhide_reply, For::signed_in},
    Route{Method::get, "/held", held_posts, For::signed_in},
    Route{Method::post, "/held/:id/withdraw", withdraw_post, For::signed_in},
    Route{Method::get, "/bookmarks", bookmarks, For::signed_in},
    Route{Method::get, "/favourites", favourites, For::signed_in},
    Route{Method::post, "/accounts/:id/follow", follow, For::signed_in},
    Route{Method::post, "/accounts/:id/unfollow", unfollow, For::signed_in},
    Route{Method::post, "/accounts/:id/remove-follower", remove_follower, For::signed_in},
    Route{Method::post, "/accounts/:id/block", block, For::signed_in},
    Route{Method::post, "/accounts/:id/unblock", unblock, For::signed_in},
    Route{Method::post, "/accounts/:id/mute", mute, For::signed_in},
    Route{Method::post, "/accounts/:id/unmute", unmute, For::signed_in},
    Route{Method::get, "/follow-requests", follow_requests, For::signed_in},
    Route{Method::post, "/follow-requests/:id/accept", accept_follow_request, For::signed_in},
    Route{Method::post, "/follow-requests/:id/reject", reject_follow_request, For::signed_in},
    Route{Method::get, "/notifications", notifications, For::signed_in},
    Route{Method::get, "/report", show_report, For::signed_in},
    Route{Method::post, "/report", report, For::signed_in},
    Route{Method::get, "/moderation", moderation, For::signed_in},
    Route{Method::get, "/moderation/log", moderation_log, For::signed_in},
    Route{Method::get, "/moderation/emails", moderation_emails, For::signed_in},
    Route{Method::post, "/moderation/emails", moderate_email, For::signed_in},
    Route{Method::get, "/moderation/rules", moderation_rules, For::signed_in},
    Route{Method::post, "/moderation/rules", moderate_rules, For::signed_in},
    Route{Method::get, "/moderation/held", moderation_held, For::signed_in},
    Route{Method::post, "/moderation/held/:id", moderate_held, For::signed_in},
    Route{Method::get, "/moderation/accounts/:id", moderation_of_account, For::signed_in},
    Route{Method::post, "/moderation/accounts/:id", moderate_account, For::signed_in},
    Route{Method::get, "/moderation/posts/:id", moderation_of_post, For::signed_in},
    Route{Method::post, "/moderation/posts/:id", moderate_post, For::signed_in},
    Route{Method::post, "/moderation/reports/:id/close", close_report, For::signed_in},
    Route{Method::get, "/sign-up", show_sign_up},
    Route{Method::post, "/sign-up", sign_up},
    Route{Method::get, "/sign-in", show_sign_in},
    Route{Method::post, "/sign-in", sign_in},
    Route{Method::post, "/sign-out", sign_out, For::signed_in},
    Route{Method::get, "/settings", settings, For::signed_in},
    Route{Method::get, "/settings/blocks", blocked_accounts, For::signed_in},
    Route{Method::get, "/settings/mutes", muted_accounts, For::signed_in},
    Route{Method::get, "/settings/data.json", export_json, For::signed_in},
    Route{Method::get, "/settings/data.html", export_html, For::signed_in},
    Route{Method::post, "/settings/profile", save_profile, For::signed_in},
    Route{Method::post, "/settings/password", change_password, For::signed_in},
    Route{Method::post, "/settings/sessions/:id/end", end_session, For::signed_in},
    Route{Method::post, "/settings/apps/:id/revoke", revoke_app, For::signed_in},
    Route{Method::post, "/settings/delete", delete_account, For::signed_in},
    Route{Method::get, "/oauth/authorize", show_authorize, For::signed_in},
    Route{Method::post, "/oauth/authorize", authorize, For::signed_in},
    Route{Method::get, "/about", about},
    Route{Method::get, "/rules", rules},
    Route{Method::get, "/privacy", privacy},
    Route{Method::get, "/bad-line", bad_line},
    Route{Method::get, "/photos/:name.jpg", large_photo},
    Route{Method::get, "/photos/:name.webp", small_photo},
    Route{Method::get, "/static/:name", static_file},
    Route{Method::get, "/favicon.svg", favicon},
    Route{Method::get, "/robots.txt", robots},
};

// After signing in. What somebody wrote while their session ended is not lost.
std::string where_to_go_on(const Context& context) {
  if (context.request.method != Method::post) return local_path(context.request.target, "/");
  // What an edit stood on is a page as well.
  if (context.request.path.ends_with("/edit")) return local_path(context.request.path, "/");
  const std::string_view text = context.value("text");
  const auto visibility = parse_visibility(context.value("visibility"));
  // Addresses stand in logs: what is not for all stays out of them.
  const bool is_for_few = visibility && !is_for_all(*visibility);
  if (text.empty() || is_for_few || text.size() > kept_text_bytes_max) return "/";
  Query draft{{"text", std::string(text)}};
  for (const std::string_view name : {"reply_to", "warning", "visibility", "reply_rule", "language"}) {
    if (!context.value(name).empty()) draft.emplace_back(name, context.value(name));
  }
  return with_query("/compose", draft);
}

net::Task<net::Response> answer(app::App& app, std::shared_ptr<Shared> shared, Route route,
                                net::Request& request) {
  Context context = make_context(app, request);
  context.limits = &shared->limits;
  context.pictures = &shared->pictures;
  context.parameters = net::Parameters::of(request);
  if (route.whom == For::signed_in && !context.signed_in) {
    co_return see_other(with_return("/sign-in", where_to_go_on(context)));
  }
  if (request.method == Method::post) require_own_form(context);
  if (request.method == Method::post && context.signed_in)
    shared->limits.count_change(context.me().account.id);
  co_return co_await route.page(context);
}

}  // namespace

void add_routes(net::Router<net::Handler>& router, app::App& app) {
  const std::shared_ptr<Shared> shared(new Shared{.limits = {app.clock, app.settings},
                                                  .pictures = net::AnswerCache({.age_max = pictures_kept})});
  for (const Route& route : routes) {
    router.add(route.method, route.pattern,
               [&app, shared, route](net::Request& request) { return answer(app, shared, route, request); });
  }
}

PersonId uploader(app::App& app, const net::Request& request) {
  const bool may_bring_photos = request.method == Method::post && request.path.starts_with("/posts") &&
                                request.header("Content-Type").starts_with("multipart/form-data");
  if (!may_bring_photos) return {};
  const Context context = make_context(app, request);
  return context.signed_in ? context.me().actor.person : PersonId{};
}

std::vector<RoutePattern> route_patterns() {
  std::vector<RoutePattern> patterns;
  patterns.reserve(routes.size());
  for (const Route& route : routes) {
    patterns.push_back(
        {.method = route.method, .pattern = route.pattern, .for_everyone = route.whom == For::everyone});
  }
  return patterns;
}

}  // namespace hoopoe::web
