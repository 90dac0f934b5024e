#include <algorithm>

#include "app/timelines.h"
#include "text/entities.h"
#include "text/utf8.h"
#include "web/assets.h"
#include "web/feed_format.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/paths.h"
#include "web/post_values.h"
#include "web/security_headers.h"
#include "web/words.h"

// The lists of posts as programs read them.
namespace hoopoe::web {

namespace {

constexpr std::size_t title_characters_max = 140;  // as long as a post

// What a feed is of. The paths are those of Feed's addresses.
struct Source {
  std::string title;
  std::string description;
  std::string page;  // "/tags/x"
  std::string stem;  // the feed's own address without ".rss"
  std::optional<Account> author = std::nullopt;
};

Page page_of_feed(const Context& context) { return read_page(context, page_limit_max); }

// "?reposts=false" leaves them out.
app::AuthorOptions author_options(const Context& context, bool with_replies) {
  return {.with_replies = with_replies, .with_reposts = context.value("reposts") != "false"};
}

std::string one_line(std::string_view text) {
  std::u32string points = text::decode_located(text).points;
  std::ranges::replace(points, U'\n', U' ');
  if (points.size() > title_characters_max) {
    points.resize(title_characters_max);
    points += U'…';
  }
  return text::encode(points);
}

std::string id_of(const Context& context, PostId post) {
  return context.app.public_url + "/posts/" + post.str();
}

// What happened, in words and above them: who reposted, or what is answered.
void fill_context(Values& values, FeedEntry& entry, const app::PostView& view, const std::string& origin) {
  const app::PostView& shown = view.shown();
  if (view.original) {
    values.section("REPOST")
        .set("URL", origin + path_of(*view.author))
        .set("NAME", view.author->shown_name())
        .set("AUTHOR_URL", origin + path_of(*shown.author))
        .set("AUTHOR", shown.author->shown_name());
    entry.title = view.author->shown_name() + " reposted " + shown.author->shown_name() + ": " + entry.title;
  }
  if (!shown.post->reply_to) return;
  Values& reply = values.section("REPLY");
  reply.set("URL", origin + "/posts/" + shown.post->reply_to.str());
  const auto to = std::ranges::find(shown.post->mentions, shown.post->reply_to_author, &Mention::account);
  if (to != shown.post->mentions.end()) {
    reply.section("TO").set("HANDLE", to->handle);
  } else {
    reply.section("TO_POST");
  }
}

FeedEntry entry_of(const Context& context, const app::PostView& view, const std::string& origin) {
  const app::PostView& shown = view.shown();
  const PostCard& post = *shown.post;
  FeedEntry entry{.id = id_of(context, view.post->id),
                  .url = origin + path_of(*shown.author, post.id),
                  .title = post.warning.empty() ? post.text : post.warning,
                  .text = post.warning.empty() ? post.text : post.warning + "\n\n" + post.text,
                  .author = {.name = shown.author->shown_name(), .url = origin + path_of(*shown.author)},
                  .published = view.post->created,
                  .updated = std::max(view.post->created, post.edited.value_or(view.post->created)),
                  .language = post.language};
  if (post.reply_to && !view.original) {
    entry.answers = id_of(context, post.reply_to);
    entry.answers_url = origin + "/posts/" + post.reply_to.str();
  }
  for (const text::Entity& entity : text::find_entities(post.text)) {
    if (entity.kind == text::EntityKind::hashtag) entry.tags.push_back(entity.name);
  }
  Values values;
  fill_context(values, entry, view, origin);
  entry.title = one_line(entry.title);
  if (!post.warning.empty()) values.section("WARNED").set("WARNING", post.warning);
  if (!post.language.empty()) values.section("LANGUAGE").set("CODE", post.language);
  values.set_html("TEXT_HTML", render_words(post.text, post.mentions, origin));
  entry.html = templates().render("feed_entry.html", values);
  return entry;
}

Feed feed_of(const Context& context, const Source& source, const app::PostPage& posts) {
  const std::string origin = context.origin();
  const std::string_view suffix = suffix_of(feed_format_of(context.request.path));
  std::string path = source.stem + std::string(suffix);
  if (context.value("reposts") == "false") path = with_query(path, {{"reposts", "false"}});
  Feed feed{.id = context.app.public_url + path,
            .title = source.title,
            .description = source.description,
            .page_url = origin + source.page,
            .self_url = origin + path,
            .icon_url = origin + "/static/avatar.png"};
  if (source.author) {
    feed.author = {.name = source.author->shown_name(), .url = origin + path_of(*source.author)};
    feed.updated = source.author->created;
  }
  for (const app::PostView& view : posts.posts) {
    feed.entries.push_back(entry_of(context, view, origin));
    feed.updated = std::max(feed.updated, feed.entries.back().updated);
  }
  if (posts.covered.size() == page_limit_max) {
    feed.next_url = with_query(feed.self_url, {{"max_id", posts.covered.back().str()}});
  }
  return feed;
}

net::Response answer(const Context& context, const Source& source, const app::PostPage& posts) {
  const FeedFormat format = feed_format_of(context.request.path);
  net::Response response{.body = write_feed(feed_of(context, source, posts), format)};
  response.headers.add("Content-Type", content_type(format));
  response.headers.add("Cache-Control", cache_control(context, response.status));
  response.headers.add("Access-Control-Allow-Origin", "*");  // a newspaper's own script, without cookie
  add_security_headers(response, {});
  return response;
}

net::Response answer_profile(const Context& context, bool with_replies) {
  const Account account = captured_account(context);
  const std::string path = path_of(account);
  const Source source{.title = title_of(account),
                      .description = account.bio,
                      .page = path,
                      .stem = path + (with_replies ? "/with-replies" : ""),
                      .author = account};
  return answer(context, source,
                app::author_timeline(context.app, context.viewer(), account.id,
                                     author_options(context, with_replies), page_of_feed(context)));
}

}  // namespace

net::Task<net::Response> square_feed(Context& context) {
  const Settings& settings = context.app.settings;
  co_return answer(context,
                   {.title = settings.instance_title,
                    .description = settings.instance_description,
                    .page = "/",
                    .stem = "/feed"},
                   app::public_timeline(context.app, context.viewer(), page_of_feed(context)));
}

net::Task<net::Response> tag_feed(Context& context) {
  const std::string name = captured_tag(context);
  const std::string path = tag_path(name);
  co_return answer(context, {.title = "#" + name, .description = "", .page = path, .stem = path},
                   app::tag_timeline(context.app, context.viewer(), name, page_of_feed(context)));
}

net::Task<net::Response> profile_feed(Context& context) { co_return answer_profile(context, false); }

net::Task<net::Response> profile_with_replies_feed(Context& context) {
  co_return answer_profile(context, true);
}

net::Task<net::Response> exchange_feed(Context& context) {
  const Account one = captured_account(context);
  const Account other = captured_account(context, "other");
  const std::string path = exchange_path(one, other);
  co_return answer(context,
                   {.title = title_of_exchange(one, other), .description = "", .page = path, .stem = path},
                   app::exchange(context.app, context.viewer(), one.id, other.id, page_of_feed(context)));
}

}  // namespace hoopoe::web
