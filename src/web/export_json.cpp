#include <boost/json.hpp>

#include "base/id_source.h"
#include "text/utf8.h"
#include "web/export_format.h"
#include "web/photo_values.h"

namespace hoopoe::web {

namespace {

namespace json = boost::json;

constexpr std::string_view format_name = "hoopoe export";
constexpr int format_version = 1;  // docs/export.md; a change that breaks a reader is another one

std::string_view name_of(app::ExportPart part) {
  switch (part) {
    case app::ExportPart::following:
      return "following";
    case app::ExportPart::followers:
      return "followers";
    case app::ExportPart::requests_made:
      return "follow_requests_made";
    case app::ExportPart::requests_received:
      return "follow_requests_received";
    case app::ExportPart::blocks:
      return "blocks";
    case app::ExportPart::mutes:
      return "mutes";
    case app::ExportPart::conversation_mutes:
      return "muted_conversations";
    case app::ExportPart::bookmarks:
      return "bookmarks";
    case app::ExportPart::favourites:
      return "favourites";
    case app::ExportPart::reports:
      return "reports";
    case app::ExportPart::strikes:
      return "strikes";
    case app::ExportPart::held:
      return "waiting_posts";
    case app::ExportPart::posts:
      return "posts";
  }
  return "";
}

std::string_view name_of(StrikeKind kind) {
  switch (kind) {
    case StrikeKind::warning:
      return "warning";
    case StrikeKind::post_taken_down:
      return "post_taken_down";
    case StrikeKind::limited:
      return "limited";
    case StrikeKind::post_turned_down:
      return "post_turned_down";
  }
  return "";
}

// What came in before it was checked would break the whole file for its readers.
std::string as_utf8(std::string text) {
  if (text::is_valid_utf8(text)) return text;
  return text::encode(text::decode_located(text).points);
}

json::value or_null(const std::optional<Time>& time) {
  return time ? json::value(iso8601(*time)) : json::value(nullptr);
}

json::object account_json(const app::App& app, const Account& account) {
  return {{"id", account.id.str()},
          {"handle", account.handle},
          {"name", account.display_name},
          {"url", app::url_of(app, account)}};
}

json::value account_json(const app::App& app, const std::optional<Account>& account) {
  return account ? json::value(account_json(app, *account)) : json::value(nullptr);
}

json::object place_json(const app::App& app, const app::PostPlace& place) {
  return {
      {"id", place.id.str()}, {"url", app::url_of(app, place)}, {"author", account_json(app, place.author)}};
}

json::array named_json(const app::App& app, const std::vector<Mention>& mentions) {
  json::array named;
  for (const Mention& mention : mentions) {
    named.push_back(json::object{{"id", mention.account.str()},
                                 {"handle", mention.handle},
                                 {"url", app.public_url + "/@" + mention.handle}});
  }
  return named;
}

json::array revisions_json(const app::App& app, const std::vector<Revision>& revisions) {
  json::array said;
  for (const Revision& revision : revisions) {
    said.push_back(json::object{{"said_at", iso8601(revision.created)},
                                {"visibility", hoopoe::name_of(revision.visibility)},
                                {"text", revision.text},
                                {"warning", revision.warning},
                                {"sensitive", revision.sensitive},
                                {"language", revision.language},
                                {"photos", photos_json(app, revision.photos)}});
  }
  return said;
}

json::value occasion_json(const app::App& app, const std::optional<app::ExportedOccasion>& occasion) {
  if (!occasion) return nullptr;
  json::array speakers;
  for (const Account& speaker : occasion->speakers) speakers.push_back(account_json(app, speaker));
  return json::object{{"accounts", std::move(speakers)}, {"ended_at", or_null(occasion->ended)}};
}

// --- One of each kind of entry.

json::object to_json(const app::App& app, const app::ExportedAccount& listed) {
  json::object object = account_json(app, listed.account);
  object["since"] = iso8601(listed.since);
  if (listed.mute) {
    object["notifications_hidden"] = listed.mute->notifications_hidden;
    object["until"] = or_null(listed.mute->expires);
  }
  return object;
}

json::object to_json(const app::App& app, const app::ExportedKept& kept) {
  json::object object = place_json(app, kept.post);
  if (kept.since) object["since"] = iso8601(*kept.since);
  return object;
}

json::object to_json(const app::App& app, const app::ExportedReport& exported) {
  const Report& report = exported.report;
  json::array posts;
  for (const PostId post : report.posts) {
    posts.push_back(place_json(app, {.id = post, .author = exported.target}));
  }
  return {{"id", report.id.str()},
          {"made_at", iso8601(report.created)},
          {"closed_at", or_null(report.closed)},
          {"account", account_json(app, exported.target)},
          {"category", hoopoe::name_of(report.category)},
          {"comment", report.comment},
          {"posts", std::move(posts)}};
}

json::object to_json(const app::App& app, const Strike& strike) {
  return {{"id", strike.id.str()},
          {"received_at", iso8601(time_of_id(strike.id.value))},
          {"kind", name_of(strike.kind)},
          {"words", strike.words},
          {"post", strike.post ? json::value(place_json(app, {.id = strike.post, .author = {}}))
                               : json::value(nullptr)}};
}

json::object to_json(const app::App& app, const HeldPost& held) {
  const Draft& draft = held.draft;
  return {{"id", held.id.str()},
          {"written_at", iso8601(held.created)},
          {"visibility", hoopoe::name_of(draft.visibility)},
          {"reply_to", draft.reply_to ? json::value(place_json(app, {.id = draft.reply_to, .author = {}}))
                                      : json::value(nullptr)},
          {"who_may_reply", hoopoe::name_of(draft.reply_rule)},
          {"text", draft.text},
          {"warning", draft.warning},
          {"sensitive", draft.sensitive},
          {"language", draft.language}};
}

json::object to_json(const app::App& app, const app::ExportedPost& exported) {
  const Post& post = *exported.view.post;
  json::object object{{"id", post.id.str()},
                      {"url", app::url_of(app, *exported.view.author, post.id)},
                      {"created_at", iso8601(post.created)},
                      {"visibility", hoopoe::name_of(post.visibility)}};
  if (exported.repost_of) {
    object["repost_of"] = place_json(app, *exported.repost_of);
    return object;
  }
  const PostCounts& counts = exported.view.counts;
  object["edited_at"] = or_null(post.edited);
  object["reply_to"] =
      exported.reply_to ? json::value(place_json(app, *exported.reply_to)) : json::value(nullptr);
  object["who_may_reply"] = hoopoe::name_of(post.reply_rule);
  object["named"] = named_json(app, exported.view.post->mentions);
  object["client"] = exported.view.post->written_with ? json::value(exported.view.post->written_with->name)
                                                      : json::value(nullptr);
  object["pinned"] = exported.view.pinned;
  object["counts"] = json::object{
      {"replies", counts.replies}, {"reposts", counts.reposts}, {"favourites", counts.favourites}};
  object["event"] = occasion_json(app, exported.occasion);
  object["revisions"] = revisions_json(app, exported.revisions);
  return object;
}

// --- The file.

json::object profile_json(const app::App& app, const app::ExportedProfile& profile) {
  const Account& account = profile.account;
  json::array fields;
  for (const ProfileField& field : account.fields) {
    fields.push_back(
        json::object{{"name", field.name}, {"value", field.value}, {"verified_at", or_null(field.verified)}});
  }
  json::object object = account_json(app, account);
  object["email"] = profile.email;
  object["bio"] = account.bio;
  object["fields"] = std::move(fields);
  object["created_at"] = iso8601(account.created);
  object["locked"] = account.locked;
  object["bot"] = account.bot;
  object["discoverable"] = account.discoverable;
  object["new_posts"] = json::object{{"visibility", hoopoe::name_of(account.default_visibility)},
                                     {"sensitive", account.default_sensitive},
                                     {"language", account.default_language}};
  object["counts"] = json::object{{"posts", account.counts.posts},
                                  {"followers", account.counts.followers},
                                  {"following", account.counts.following}};
  return object;
}

std::string head(const app::App& app, const app::ExportedProfile& profile) {
  std::string text = json::serialize(json::object{{"format", format_name},
                                                  {"version", format_version},
                                                  {"square", app.public_url},
                                                  {"made_at", iso8601(app.clock.now())},
                                                  {"profile", profile_json(app, profile)}});
  text.pop_back();  // its brace is the foot's
  return as_utf8(std::move(text));
}

std::string open(app::ExportPart part) { return ",\n\"" + std::string(name_of(part)) + "\":["; }

// A line each, so that other tools find their way in it too.
std::string entries(const app::App& app, const std::vector<app::ExportEntry>& entries, std::size_t written) {
  std::string text;
  for (const app::ExportEntry& entry : entries) {
    text += written++ == 0 ? "\n" : ",\n";
    text += std::visit([&app](const auto& one) { return json::serialize(to_json(app, one)); }, entry);
  }
  return as_utf8(std::move(text));
}

std::string close(app::ExportPart /*part*/) { return "\n]"; }

std::string none(app::ExportPart part) { return open(part) + "]"; }

std::string foot() { return "\n}\n"; }

}  // namespace

const ExportFormat export_as_json{.ending = "json",
                                  .content_type = "application/json; charset=utf-8",
                                  .head = head,
                                  .open = open,
                                  .entries = entries,
                                  .close = close,
                                  .none = none,
                                  .foot = foot};

}  // namespace hoopoe::web
