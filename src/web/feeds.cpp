#include <algorithm>

#include <fmt/format.h>

#include "app/photos.h"
#include "app/timelines.h"
#include "text/entities.h"
#include "text/fold.h"
#include "text/utf8.h"
#include "web/assets.h"
#include "web/feed_format.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/paths.h"
#include "web/post_values.h"
#include "web/words.h"

// The lists of posts as programs read them.
namespace hoopoe::web {

namespace {

constexpr std::size_t title_characters_max = 140;  // as long as a post

struct Source {
  std::string title;
  std::string description;
  std::string page;  // what people read instead: "/tags/x"
  std::string stem;  // the feed's own path without ".rss"
  std::optional<Account> author = std::nullopt;
  Query options;  // those that the feed was asked with and knows
};

Page page_of_feed(const Context& context) { return read_page(context, page_limit_max); }

// What the addresses in a feed start with: the name that it was asked by, as far as it is one of ours, so
// that a reader of a mirror or an onion stays there.
std::string origin_of(const Context& context) {
  const net::Request& request = context.request;
  if (!net::is_one_of(context.app.settings.other_hosts, request.host)) return context.app.public_url;
  return (request.secure ? "https://" : "http://") + request.host;
}

std::string one_line(std::string_view text) {
  std::string line = text::beginning_of(text, title_characters_max);
  std::ranges::replace(line, '\n', ' ');
  return line;
}

// Readers show at once what is attached: nothing that may upset.
std::vector<FeedPhoto> attached_to(const PostCard& post, const std::string& origin) {
  std::vector<FeedPhoto> photos;
  if (post.sensitive) return photos;
  photos.reserve(post.photos.size());
  for (const Photo& photo : post.photos) {
    photos.push_back({.url = origin + app::path_of(photo, app::PhotoSize::large),
                      .bytes = photo.large_bytes,
                      .width = photo.width,
                      .height = photo.height,
                      .description = photo.description});
  }
  return photos;
}

FeedEntry entry_of(const Context& context, const app::PostView& view, const std::string& origin) {
  const app::PostView& shown = view.shown();
  const PostCard& post = *shown.post;
  std::string title = headline_of(post);
  if (view.original)
    title = view.author->shown_name() + " reposted " + shown.author->shown_name() + ": " + title;
  FeedEntry entry{.id = url_of(context.app, view.post->id),
                  .url = origin + path_of(*shown.author, post.id),
                  .title = one_line(title),
                  .text = post.warning.empty() ? post.text : post.warning + "\n\n" + post.text,
                  .author = {.name = shown.author->shown_name(), .url = origin + path_of(*shown.author)},
                  .published = view.post->created,
                  .updated = std::max(view.post->created, post.edited.value_or(view.post->created)),
                  .language = post.language,
                  .photos = attached_to(post, origin)};
  if (post.reply_to && !view.original) {
    entry.answers = url_of(context.app, post.reply_to);
    entry.answers_url = origin + "/posts/" + post.reply_to.str();
  }
  for (const text::Entity& entity : text::find_entities(post.text)) {
    if (entity.kind == text::EntityKind::hashtag) entry.tags.push_back(entity.name);
  }
  Values values;
  fill_context(values, view, origin);
  values.set("AUTHOR_URL", origin + path_of(*shown.author)).set("AUTHOR", shown.author->shown_name());
  if (!post.warning.empty()) values.section("WARNED").set("WARNING", post.warning);
  values.set("LANGUAGE", post.language);
  values.set_html("TEXT_HTML", render_words(post.text, post.mentions, origin));
  add_plain_photos(values, post.photos, origin, post.sensitive ? PhotoCover::sensitive : PhotoCover::none);
  entry.html = templates().render("feed_entry.html", values);
  return entry;
}

Feed feed_of(const Context& context, const Source& source, const app::PostPage& posts) {
  const std::string origin = origin_of(context);
  const std::string_view suffix = suffix_of(feed_format_of(context.request.path));
  const std::string path = with_query(source.stem + std::string(suffix), source.options);
  Feed feed{.id = context.app.public_url + path,
            .title = source.title,
            .description = source.description,
            .page_url = origin + source.page,
            .self_url = origin + path,
            .icon_url = origin + "/static/avatar.png"};
  // A hub is told of the feeds under our first name alone.
  if (origin == context.app.public_url) feed.hub_url = context.app.settings.websub_hub;
  if (source.author) {
    feed.author = {.name = source.author->shown_name(), .url = origin + path_of(*source.author)};
    feed.updated = source.author->created;
  }
  for (const app::PostView& view : posts.posts) {
    feed.entries.push_back(entry_of(context, view, origin));
    feed.updated = std::max(feed.updated, feed.entries.back().updated);
  }
  if (covered_by(posts.covered, page_of_feed(context)).is_full) {
    feed.next_url = with_query(feed.self_url, {{"max_id", posts.covered.back().str()}});
  }
  return feed;
}

net::Response answer(const Context& context, const Source& source, const app::PostPage& posts) {
  const FeedFormat format = feed_format_of(context.request.path);
  const Feed feed = feed_of(context, source, posts);
  net::Response response =
      answer_with(write_feed(feed, format), content_type(format), cache_control(context, 200));
  if (!feed.hub_url.empty()) {
    response.headers.add("Link",
                         fmt::format("<{}>; rel=\"hub\", <{}>; rel=\"self\"", feed.hub_url, feed.self_url));
  }
  response.headers.add("Access-Control-Allow-Origin", "*");  // a newspaper's own script, without cookie
  return response;
}

Source source_of(const Account& account, std::string_view tab) {
  const std::string path = path_of(account).append(tab);
  return {
      .title = title_of(account), .description = account.bio, .page = path, .stem = path, .author = account};
}

net::Response answer_profile(const Context& context, std::string_view tab, app::AuthorOptions options) {
  const Account account = captured_account(context);
  options.with_reposts = context.value("reposts") != "false";
  Source source = source_of(account, tab);
  if (!options.with_reposts) source.options = {{"reposts", "false"}};
  return answer(
      context, source,
      app::author_timeline(context.app, context.viewer(), account.id, options, page_of_feed(context)));
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
  const std::string path = tag_path(text::fold(name));  // one feed, in whatever spelling it was asked for
  co_return answer(context, {.title = "#" + name, .description = "", .page = path, .stem = path},
                   app::tag_timeline(context.app, context.viewer(), name, page_of_feed(context)));
}

net::Task<net::Response> profile_feed(Context& context) {
  co_return answer_profile(context, "", {.with_replies = false});
}

net::Task<net::Response> profile_with_replies_feed(Context& context) {
  co_return answer_profile(context, "/with-replies", {});
}

net::Task<net::Response> profile_photos_feed(Context& context) {
  const Account account = captured_account(context);
  co_return answer(context, source_of(account, "/photos"),
                   app::photo_timeline(context.app, context.viewer(), account.id, page_of_feed(context)));
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
