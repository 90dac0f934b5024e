#include "api/status_entity.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "api/entities.h"
#include "api/photo_entity.h"
#include "domain/handle.h"
#include "text/entities.h"
#include "text/fold.h"
#include "text/html.h"
#include "text/uri.h"

namespace hoopoe::api {

namespace {

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

json::array mentions_json(const app::App& app, const std::vector<Mention>& all) {
  json::array mentions;
  for (const Mention& mention : all) {
    mentions.push_back(json::object{{"id", mention.account.str()},
                                    {"username", mention.handle},
                                    {"url", mention_url(app, mention)},
                                    {"acct", write_address(mention.handle, mention.domain)}});
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

// What a post says of itself, and what its words are: the same for everyone until it is edited.
json::object facts_json(const app::App& app, const app::PostView& view) {
  const PostCard& post = *view.post;
  const std::string url = app::url_of(app, *view.author, post.id);
  json::value application(nullptr);
  if (post.written_with) {
    application =
        json::object{{"name", post.written_with->name}, {"website", or_null(post.written_with->website)}};
  }
  return {
      {"id", post.id.str()},
      {"created_at", iso8601(post.created)},
      {"in_reply_to_id", or_null(post.reply_to)},
      {"in_reply_to_account_id", or_null(post.reply_to_author)},
      {"visibility", name_of(post.visibility)},
      {"uri", url},
      {"url", url},
      {"edited_at", post.edited ? json::value(iso8601(*post.edited)) : json::value(nullptr)},
      {"application", application},
      {"emojis", json::array{}},
      {"card", nullptr},
      {"poll", nullptr},
      {"quote", nullptr},
      {"quotes_count", 0},
      {"quote_approval",
       json::object{{"automatic", json::array{}}, {"manual", json::array{}}, {"current_user", "denied"}}},
      {"filtered", json::array{}},
  };
}

json::object words_json(const app::App& app, const PostCard& post) {
  return {
      {"sensitive", post.sensitive},
      {"spoiler_text", post.warning},
      {"language", or_null(post.language)},
      {"content", content_html(app, post.text, post.mentions)},
      {"media_attachments", media_json(app, post.photos)},
      {"mentions", mentions_json(app, post.mentions)},
      {"tags", tags_json(app, post.text)},
  };
}

void add_count(std::string& out, std::string_view name, std::int64_t count) {
  std::array<char, 20> digits{};
  const auto end = std::to_chars(digits.begin(), digits.end(), count).ptr;
  out.append(",\"").append(name).append("\":").append(digits.begin(), end);
}

void add_flag(std::string& out, std::string_view name, bool flag) {
  out.append(",\"").append(name).append(flag ? "\":true" : "\":false");
}

void add_words(std::string& out, const app::App& app, const SharedPost& shared) {
  const PostCard& post = *shared.post;
  out.append(",").append(post.words.text([&] { return members(words_json(app, post)); }));
  add_count(out, "replies_count", shared.counts.replies);
  add_count(out, "reblogs_count", shared.counts.reposts);
  add_count(out, "favourites_count", shared.counts.favourites);
}

// The beginning of a Status, as it is for everyone. A repost has the words of what it repeats, which change
// without it.
std::string shared_json(const app::App& app, const app::PostView& view) {
  std::string out = "{";
  out.append(view.post->facts.text([&] { return members(facts_json(app, view)); }));
  if (!view.post->repost_of) add_words(out, app, *view.shared);
  out.append(",\"account\":").append(view.author->profile.text([&] {
    return json::serialize(account_json(app, *view.author));
  }));
  return out;
}

// Status (mastodon/documentation, content/en/entities): what is the same for all, then what is this viewer's.
void write_status(std::string& out, const app::App& app, const app::PostView& view) {
  const app::PostView& shown = view.shown();
  out.append(view.shared->whole.text([&] { return shared_json(app, view); }));
  // Of what it repeats, or of nothing, where that is no longer for the viewer.
  if (view.post->repost_of) add_words(out, app, *shown.shared);
  add_flag(out, "favourited", shown.favourited);
  add_flag(out, "reblogged", shown.reposted);
  add_flag(out, "muted", shown.muted);
  add_flag(out, "bookmarked", shown.bookmarked);
  add_flag(out, "pinned", shown.pinned);
  out.append(",\"reblog\":");
  if (view.original) {
    write_status(out, app, *view.original);
  } else {
    out.append("null");
  }
  out.append("}");
}

}  // namespace

JsonText status_json(const app::App& app, const app::PostView& view) {
  JsonText status;
  write_status(status.text, app, view);
  return status;
}

JsonText statuses_json(const app::App& app, const std::vector<app::PostView>& views) {
  for (const app::PostView& view : views) view.shown().shared->whole.prefetch_text();
  return array_text(views,
                    [&](std::string& out, const app::PostView& view) { write_status(out, app, view); });
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
        {"media_attachments", media_json(app, version.revision.photos)},
        {"emojis", json::array{}},
        {"quote", nullptr},
        // Ours: what was favourited and reposted is this version.
        {"favourites_count", version.tally.favourites},
        {"reblogs_count", version.tally.reposts},
    });
  }
  return entities;
}

JsonText context_json(const app::App& app, const app::Conversation& conversation) {
  const auto list = [&app](const std::vector<app::ConversationEntry>& entries) {
    std::vector<const app::PostView*> views;
    for (const app::ConversationEntry& entry : entries) {
      if (entry.view) views.push_back(&*entry.view);
    }
    return array_text(views,
                      [&](std::string& out, const app::PostView* view) { write_status(out, app, *view); });
  };
  return {"{\"ancestors\":" + list(conversation.ancestors).text +
          ",\"descendants\":" + list(conversation.descendants).text + "}"};
}

}  // namespace hoopoe::api
