#include "api/entities.h"

#include "api/status_entity.h"
#include "domain/handle.h"
#include "text/entities.h"
#include "text/html.h"

namespace hoopoe::api {

namespace {

text::Links links_of(const app::App& app) {
  return {.mention_urls = {}, .tag_url_prefix = app::tag_url_prefix(app)};
}

std::string render(std::string_view text, const text::Links& links) {
  return text::render_post(text, text::find_entities(text), links).str();
}

// A link on a profile says that it is theirs, for others to verify.
std::string field_html(const app::App& app, std::string_view value) {
  text::Links links = links_of(app);
  links.rel_me = true;
  return render(value, links);
}

json::array fields_json(const app::App& app, const std::vector<ProfileField>& fields, bool as_source) {
  json::array array;
  for (const ProfileField& field : fields) {
    array.push_back(json::object{
        {"name", field.name},
        {"value", as_source ? field.value : field_html(app, field.value)},
        {"verified_at", field.verified ? json::value(iso8601(*field.verified)) : json::value(nullptr)}});
  }
  return array;
}

std::string_view type_of(NotificationKind kind) {
  switch (kind) {
    case NotificationKind::mention:
      return "mention";
    case NotificationKind::follow:
      return "follow";
    case NotificationKind::follow_request:
      return "follow_request";
    case NotificationKind::favourite:
      return "favourite";
    case NotificationKind::repost:
      return "reblog";
    case NotificationKind::edit:
      return "update";
    case NotificationKind::post:
      return "status";
    case NotificationKind::strike:
      return "moderation_warning";
  }
  return "mention";
}

std::string_view name_of(StrikeKind kind) {
  switch (kind) {
    case StrikeKind::warning:
    case StrikeKind::post_turned_down:
      return "none";
    case StrikeKind::post_taken_down:
      return "delete_statuses";
    case StrikeKind::limited:
      return "silence";
  }
  return "none";
}

// Mastodon API, AccountWarning.
json::object account_warning_json(const app::App& app, const app::NotificationView& view) {
  const Strike& strike = *view.strike;
  return {{"id", strike.id.str()},
          {"action", name_of(strike.kind)},
          {"text", strike.words},
          {"status_ids", strike.post ? json::value(json::array{strike.post.str()}) : json::value(nullptr)},
          {"target_account", account_json(app, view.from)},
          {"appeal", nullptr},
          {"created_at", iso8601(view.notification.created)}};
}

}  // namespace

std::string html_of(const app::App& app, std::string_view text) { return render(text, links_of(app)); }

json::object account_json(const app::App& app, const Account& account) {
  const std::string avatar = app.public_url + "/static/avatar.png";
  const std::string header = app.public_url + "/static/header.png";
  const std::string url = app::url_of(app, account);
  const auto& counts = account.counts;
  return {
      {"id", account.id.str()},
      {"username", account.handle},
      {"acct", write_address(account.handle, account.domain)},
      {"display_name", account.display_name},
      {"locked", account.locked},
      {"bot", account.bot},
      {"discoverable", account.discoverable},
      {"indexable", account.discoverable},
      {"group", false},
      {"created_at", iso_date(account.created) + "T00:00:00.000Z"},
      {"note", html_of(app, account.bio)},
      {"url", url},
      {"uri", url},
      {"avatar", avatar},
      {"avatar_static", avatar},
      {"avatar_description", ""},
      {"header", header},
      {"header_static", header},
      {"header_description", ""},
      {"followers_count", counts.followers},
      {"following_count", counts.following},
      {"statuses_count", counts.posts},
      {"last_status_at", counts.last_post ? json::value(iso_date(*counts.last_post)) : json::value(nullptr)},
      {"hide_collections", false},
      {"noindex", false},
      {"moved", nullptr},
      {"suspended", false},
      {"limited", false},
      {"emojis", json::array{}},
      {"roles", json::array{}},
      {"fields", fields_json(app, account.fields, false)},
  };
}

json::object credential_account_json(const app::App& app, const Account& account, Role role,
                                     std::int64_t follow_requests) {
  json::object entity = account_json(app, account);
  entity["source"] = json::object{
      {"privacy", name_of(account.default_visibility)},
      {"sensitive", account.default_sensitive},
      {"language", account.default_language},
      {"note", account.bio},
      {"fields", fields_json(app, account.fields, true)},
      {"follow_requests_count", follow_requests},
      {"hide_collections", false},
      {"discoverable", account.discoverable},
      {"indexable", account.discoverable},
      {"attribution_domains", json::array{}},
      {"quote_policy", "nobody"},
  };
  entity["role"] = json::object{
      {"id", std::to_string(static_cast<int>(role))},
      {"name", role == Role::person ? "" : name_of(role)},
      {"color", ""},
      {"permissions", "0"},
      {"highlighted", role != Role::person},
  };
  return entity;
}

json::value mute_expiry(const Relation& relation) {
  if (!relation.mute || !relation.mute->expires) return nullptr;
  return json::value(iso8601(*relation.mute->expires));
}

json::object relationship_json(AccountId id, const Relation& relation) {
  return {
      {"id", id.str()},
      {"following", relation.following},
      {"showing_reblogs", relation.showing_reposts},
      {"notifying", relation.notifying},
      {"languages", nullptr},
      {"followed_by", relation.followed_by},
      {"blocking", relation.blocking},
      {"blocked_by", relation.blocked_by},
      {"muting", relation.mute.has_value()},
      {"muting_notifications", relation.mute && relation.mute->notifications_hidden},
      {"muting_expires_at", mute_expiry(relation)},
      {"requested", relation.requested},
      {"requested_by", relation.requested_by},
      {"domain_blocking", false},
      {"endorsed", false},
      {"note", ""},
  };
}

JsonText notification_json(const app::App& app, const app::NotificationView& view) {
  const Notification& notification = view.notification;
  const json::object entity{
      {"id", notification.id.str()},
      {"type", type_of(notification.kind)},
      {"group_key", "ungrouped-" + notification.id.str()},
      {"created_at", iso8601(notification.created)},
      {"account", account_json(app, view.from)},
      {"report", nullptr},
      {"event", nullptr},
      {"moderation_warning",
       view.strike ? json::value(account_warning_json(app, view)) : json::value(nullptr)},
  };
  return with_member(to_text(entity), "status", view.post ? status_json(app, *view.post) : JsonText{"null"});
}

json::object application_json(const store::oauth::Client& client) {
  json::array scopes;
  for (const std::string& scope : client.scopes.names()) scopes.push_back(json::value(scope));
  json::array redirect_uris;
  std::string lines;
  for (const std::string& uri : client.redirect_uris) {
    redirect_uris.push_back(json::value(uri));
    lines += (lines.empty() ? "" : "\n") + uri;
  }
  return {
      {"id", client.id.str()}, {"name", client.name},   {"website", or_null(client.website)},
      {"scopes", scopes},      {"redirect_uri", lines}, {"redirect_uris", redirect_uris},
      {"vapid_key", ""},
  };
}

JsonText notifications_json(const app::App& app, const std::vector<app::NotificationView>& views) {
  return array_text(views, [&](std::string& out, const app::NotificationView& view) {
    out += notification_json(app, view).text;
  });
}

json::array accounts_json(const app::App& app, const std::vector<Account>& accounts) {
  json::array array;
  for (const Account& account : accounts) array.push_back(account_json(app, account));
  return array;
}

}  // namespace hoopoe::api
