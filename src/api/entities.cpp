#include "api/entities.h"

#include "domain/handle.h"
#include "text/entities.h"
#include "text/fold.h"
#include "text/html.h"
#include "text/uri.h"

namespace hoopoe::api {

namespace {

json::value or_null(const std::string& text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}
template <class Tag>
json::value or_null(Id<Tag> id) {
  return id ? json::value(id.str()) : json::value(nullptr);
}

std::string acct(const std::string& handle, const std::string& domain) {
  return domain.empty() ? handle : handle + "@" + domain;
}

std::string mention_url(const app::App& app, const Mention& mention) {
  return app.public_url + "/@" + mention.handle;
}

std::string content_html(const app::App& app, std::string_view text, const std::vector<Mention>& mentions) {
  text::Links links{.mention_urls = {}, .tag_url_prefix = app::tag_url_prefix(app)};
  for (const Mention& mention : mentions) {
    links.mention_urls[handle_key(mention.handle)] = mention_url(app, mention);
    links.mention_urls[handle_key(mention.handle) + "@" + app.host] = mention_url(app, mention);
  }
  return text::render_post(text, text::find_entities(text), links).str();
}

json::array mentions_json(const app::App& app, const app::PostView& view) {
  json::array mentions;
  for (const Mention& mention : view.post->mentions) {
    mentions.push_back(json::object{{"id", mention.account.str()},
                                    {"username", mention.handle},
                                    {"url", mention_url(app, mention)},
                                    {"acct", acct(mention.handle, mention.domain)}});
  }
  return mentions;
}

json::array tags_json(const app::App& app, const std::string& text) {
  json::array tags;
  std::vector<std::string> seen;
  for (const text::Entity& entity : text::find_entities(text)) {
    if (entity.kind != text::EntityKind::hashtag) continue;
    const std::string folded = text::fold(entity.name);
    if (std::ranges::find(seen, folded) != seen.end()) continue;
    seen.push_back(folded);
    tags.push_back(json::object{{"name", entity.name},
                                {"url", app::tag_url_prefix(app) + text::percent_encode(entity.name)}});
  }
  return tags;
}

json::array fields_json(const app::App& app, const std::vector<ProfileField>& fields, bool as_source) {
  json::array array;
  for (const ProfileField& field : fields) {
    array.push_back(json::object{{"name", field.name},
                                 {"value", as_source ? field.value : html_of(app, field.value)},
                                 {"verified_at", nullptr}});
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

std::string html_of(const app::App& app, std::string_view text) {
  return text::render_post(text, text::find_entities(text),
                           {.mention_urls = {}, .tag_url_prefix = app::tag_url_prefix(app)})
      .str();
}

json::object account_json(const app::App& app, const Account& account) {
  const std::string avatar = app.public_url + "/static/avatar.png";
  const std::string header = app.public_url + "/static/header.png";
  const std::string url = app::url_of(app, account);
  const auto& counts = account.counts;
  return {
      {"id", account.id.str()},
      {"username", account.handle},
      {"acct", acct(account.handle, account.domain)},
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

json::object status_json(const app::App& app, const app::PostView& view) {
  const app::PostView& shown = view.shown();
  const Post& post = *view.post;
  const std::string url = app::url_of(app, *view.author, post.id);
  json::value application(nullptr);
  if (view.post->written_with) {
    application = json::object{{"name", view.post->written_with->name},
                               {"website", or_null(view.post->written_with->website)}};
  }
  return {
      {"id", post.id.str()},
      {"created_at", iso8601(post.created)},
      {"in_reply_to_id", or_null(post.reply_to)},
      {"in_reply_to_account_id", or_null(post.reply_to_author)},
      {"sensitive", shown.post->sensitive},
      {"spoiler_text", shown.post->warning},
      {"visibility", name_of(post.visibility)},
      {"language", or_null(shown.post->language)},
      {"uri", url},
      {"url", url},
      {"replies_count", shown.counts.replies},
      {"reblogs_count", shown.counts.reposts},
      {"favourites_count", shown.counts.favourites},
      {"quotes_count", 0},
      {"edited_at", post.edited ? json::value(iso8601(*post.edited)) : json::value(nullptr)},
      {"content", content_html(app, shown.post->text, shown.post->mentions)},
      {"reblog", view.original ? json::value(status_json(app, *view.original)) : json::value(nullptr)},
      {"application", application},
      {"account", account_json(app, *view.author)},
      {"media_attachments", json::array{}},
      {"mentions", mentions_json(app, shown)},
      {"tags", tags_json(app, shown.post->text)},
      {"emojis", json::array{}},
      {"card", nullptr},
      {"poll", nullptr},
      {"quote", nullptr},
      {"quote_approval",
       json::object{{"automatic", json::array{}}, {"manual", json::array{}}, {"current_user", "denied"}}},
      {"favourited", shown.favourited},
      {"reblogged", shown.reposted},
      {"muted", shown.muted},
      {"bookmarked", shown.bookmarked},
      {"pinned", shown.pinned},
      {"filtered", json::array{}},
  };
}

json::array history_json(const app::App& app, const app::History& history) {
  json::array entities;
  for (const app::Version& version : history.versions) {
    entities.push_back(json::object{
        {"content", content_html(app, version.revision.text, history.post.post->mentions)},
        {"spoiler_text", version.revision.warning},
        {"sensitive", version.revision.sensitive},
        {"created_at", iso8601(version.revision.created)},
        {"account", account_json(app, *history.post.author)},
        {"poll", nullptr},
        {"media_attachments", json::array{}},
        {"emojis", json::array{}},
        {"quote", nullptr},
        // Ours: what was favourited and reposted is this version.
        {"favourites_count", version.tally.favourites},
        {"reblogs_count", version.tally.reposts},
    });
  }
  return entities;
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

json::object notification_json(const app::App& app, const app::NotificationView& view) {
  const Notification& notification = view.notification;
  return {
      {"id", notification.id.str()},
      {"type", type_of(notification.kind)},
      {"group_key", "ungrouped-" + notification.id.str()},
      {"created_at", iso8601(notification.created)},
      {"account", account_json(app, view.from)},
      {"status", view.post ? json::value(status_json(app, *view.post)) : json::value(nullptr)},
      {"report", nullptr},
      {"event", nullptr},
      {"moderation_warning",
       view.strike ? json::value(account_warning_json(app, view)) : json::value(nullptr)},
  };
}

json::object context_json(const app::App& app, const app::Conversation& conversation) {
  const auto list = [&app](const std::vector<app::ConversationEntry>& entries) {
    json::array statuses;
    for (const app::ConversationEntry& entry : entries) {
      if (entry.view) statuses.push_back(status_json(app, *entry.view));
    }
    return statuses;
  };
  return {{"ancestors", list(conversation.ancestors)}, {"descendants", list(conversation.descendants)}};
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

json::array statuses_json(const app::App& app, const std::vector<app::PostView>& views) {
  json::array array;
  for (const app::PostView& view : views) array.push_back(status_json(app, view));
  return array;
}

json::array accounts_json(const app::App& app, const std::vector<Account>& accounts) {
  json::array array;
  for (const Account& account : accounts) array.push_back(account_json(app, account));
  return array;
}

}  // namespace hoopoe::api
