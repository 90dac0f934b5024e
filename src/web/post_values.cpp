#include "web/post_values.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/id_source.h"
#include "domain/handle.h"
#include "text/entities.h"
#include "text/html.h"
#include "text/uri.h"
#include "text/utf8.h"
#include "web/paths.h"
#include "web/times.h"
#include "web/words.h"

namespace hoopoe::web {

namespace {

constexpr std::int64_t tile_colours = 8;  // in hoopoe.css: .t0 to .t7
constexpr int depth_shown_max = 4;        // likewise: .d1 to .d4; deeper replies stay there

void fill_words(Values& values, const app::PostView& view, const PostFrame& frame) {
  Values& words = values.section(view.post->warning.empty() ? "PLAIN" : "WARNED");
  words.set("WARNING", view.post->warning)
      .set("LANGUAGE", view.post->language)
      .set_html("TEXT_HTML", render_words(view.post->text, view.post->mentions));
  const bool needs_cover = view.post->sensitive && view.post->warning.empty();
  add_photos(words, view.post->photos,
             {.loading = frame.photos,
              .cover = needs_cover ? PhotoCover::sensitive : PhotoCover::none,
              .descriptions = frame.look == PostLook::whole ? Descriptions::whole : Descriptions::beginning,
              .language = view.post->language});
}

// A count is shown from one on: a row of zeros says nothing.
void fill_count(Values& values, std::string_view name, std::int64_t count) {
  if (count > 0) values.section(name).set("COUNT", count);
}

void fill_actions(Values& values, const app::PostView& view, const PostFrame& frame) {
  const app::PostView& shown = view.shown();
  const bool has_buttons = frame.viewer || frame.for_anyone_signed_in;
  const PostCounts& counts = shown.counts;
  if (!has_buttons && counts.replies == 0 && counts.reposts == 0 && counts.favourites == 0) return;
  Values& actions = values.section(has_buttons ? "ACTIONS" : "COUNTS");
  fill_count(actions, "REPLIES", counts.replies);
  fill_count(actions, "REPOSTS", counts.reposts);
  fill_count(actions, "FAVOURITES", counts.favourites);
  if (!has_buttons) return;
  const Visibility visibility = shown.post->visibility;
  if (visibility == Visibility::everyone || visibility == Visibility::unlisted) {
    actions.section(shown.reposted ? "UNDO_REPOST" : "REPOST");
  }
  actions.section(shown.favourited ? "UNDO_FAVOURITE" : "FAVOURITE");
  actions.section(shown.bookmarked ? "UNDO_BOOKMARK" : "BOOKMARK");
  actions.section(shown.muted ? "UNMUTE" : "MUTE");
  const bool answers_viewer =
      frame.viewer && shown.post->reply_to && shown.post->reply_to_author == frame.viewer;
  if (answers_viewer) actions.section(shown.post->hidden ? "UNHIDE" : "HIDE");
  if (frame.moderates && is_for_all(visibility)) actions.section("MODERATE");
  if (shown.post->author != frame.viewer) actions.section("REPORT").set("ACCOUNT", shown.author->id.str());
  if (!frame.viewer || shown.post->author != frame.viewer) return;
  Values& own = actions.section("OWN");
  if (is_for_all(visibility)) own.section("EVENT");
  if (visibility != Visibility::mentioned) own.section(shown.pinned ? "UNPIN" : "PIN");
}

void fill_origin(Values& values, const app::PostView& view) {
  if (!view.post->written_with) return;
  const bool has_page = text::is_web_address(view.post->written_with->website);
  Values& client = values.section(has_page ? "CLIENT_WITH_PAGE" : "CLIENT");
  client.set("NAME", view.post->written_with->name).set("PAGE", view.post->written_with->website);
}

}  // namespace

void fill_context(Values& values, const app::PostView& view, const std::string& root,
                  const std::vector<PostId>& beside) {
  if (view.original) {
    values.section("REPOSTED_BY")
        .set("URL", root + path_of(*view.author))
        .set("NAME", view.author->shown_name());
  }
  const app::PostView& shown = view.shown();
  if (!shown.post->reply_to || shown.post->reply_to_author == shown.post->author) return;
  Values& reply = values.section("REPLY");
  const std::string id = shown.post->reply_to.str();
  const auto to = std::ranges::find(shown.post->mentions, shown.post->reply_to_author, &Mention::account);
  const bool is_known = to != shown.post->mentions.end();
  if (std::ranges::find(beside, shown.post->reply_to) != beside.end()) {
    reply.set("URL", "#p" + id);
  } else {
    reply.set("URL", root + (is_known ? "/@" + write_address(to->handle, to->domain) : "/posts") + "/" + id);
  }
  if (is_known) {
    reply.section("TO").set("HANDLE", to->handle);
  } else {
    reply.section("TO_POST");
  }
}

std::string initial_of(const Account& account) {
  const std::u32string name = text::decode_located(account.shown_name()).points;
  std::string initial;
  if (!name.empty()) text::append_utf8(initial, name.front());
  return initial;
}

int tile_of(const Account& account) {
  // The low bits of an id are mostly the same; when an account was made, to the millisecond, is by chance.
  const std::int64_t made = to_milliseconds(time_of_id(account.id.value));
  return static_cast<int>(made % tile_colours);
}

void fill_tile(Values& values, const Account& account) {
  values.set("TILE", fmt::format("t{}", tile_of(account))).set("INITIAL", initial_of(account));
}

app::PostView own_post(const Context& context, PostId id) {
  app::PostView view =
      context.app.db.read([&](store::Read& read) { return app::view_post(read, context.viewer(), id); });
  if (view.post->author != context.viewer() || view.post->repost_of) {
    throw Refusal(RefusalKind::not_found, "Record not found");
  }
  return view;
}

PostFrame frame_for(const Context& context) {
  return {.viewer = context.viewer(),
          .now = context.app.clock.now(),
          .moderates = context.is_moderator(),
          .photos = photo_loading(context.request)};
}

void fill_post(Values& values, const app::PostView& view, const PostFrame& frame) {
  const app::PostView& shown = view.shown();
  std::string classes = frame.look == PostLook::whole ? "post whole" : "post";
  if (frame.depth > 0) classes += fmt::format(" reply d{}", std::min(frame.depth, depth_shown_max));
  values.set("CLASS", classes).set("ID", view.post->id.str()).set("TARGET", shown.post->id.str());
  values.set("URL", path_of(*shown.author, shown.post->id)).set("AUTHOR_URL", path_of(*shown.author));
  values.set("NAME", shown.author->shown_name()).set("HANDLE", shown.author->handle);
  if (shown.author->bot) values.section("BOT");
  values.set("ISO", iso8601(shown.post->created)).set("FULL_TIME", full_time(shown.post->created));
  values.set("TIME", frame.dated ? short_date_time(shown.post->created, frame.now)
                                 : short_time(shown.post->created, frame.now));
  if (shown.post->edited) {
    values.section("EDITED")
        .set("ISO", iso8601(*shown.post->edited))
        .set("WHEN", full_time(*shown.post->edited));
  }
  fill_tile(values, *shown.author);
  fill_context(values, view, "", frame.beside);
  if (const auto words = describe_visibility(shown.post->visibility); !words.empty()) {
    values.section("VISIBILITY").set("WORDS", words);
  }
  fill_words(values, shown, frame);
  fill_actions(values, view, frame);
  if (frame.look != PostLook::whole) return;
  Values& whole = values.section("WHOLE");
  fill_origin(whole, shown);
  if (is_for_all(shown.post->visibility)) whole.section("CITED");
}

void add_entries(Values& values, std::string_view name, const std::vector<app::ConversationEntry>& entries,
                 PostFrame frame) {
  for (const app::ConversationEntry& entry : entries) {
    const int depth = entry.depth;
    if (entry.view) {
      frame.depth = depth;
      fill_post(values.include(name, post_template), *entry.view, frame);
      continue;
    }
    Values& stub = values.include(name, "stub.html");
    stub.set("ID", entry.id.str())
        .set("CLASS", depth > 0 ? fmt::format("stub reply d{}", std::min(depth, depth_shown_max)) : "stub");
    stub.section(entry.deleted  ? "DELETED"
                 : entry.hidden ? "PUT_ASIDE"
                                : "HIDDEN")
        .set("URL", "/posts/" + entry.id.str());
  }
}

void add_posts(Values& values, const Context& context, const app::PostPage& posts, const Page& page,
               std::string_view path, const std::vector<app::PostView>& pinned) {
  const PostFrame frame = frame_for(context);
  for (const app::PostView& view : pinned) {
    Values& post = values.include("POST", post_template);
    fill_post(post, view, frame);
    post.section("PINNED");
  }
  for (const app::PostView& view : posts.posts) {
    if (std::ranges::find(pinned, view.post->id, [](const auto& one) { return one.post->id; }) ==
        pinned.end()) {
      fill_post(values.include("POST", post_template), view, frame);
    }
  }
  if (posts.posts.empty() && pinned.empty() && is_first(page)) values.section("EMPTY");
  add_pager(values, page, covered_by(posts.covered, page), path);
}

text::SafeHtml render_words(std::string_view text, const std::vector<Mention>& named, std::string_view root) {
  text::Links links{
      .mention_urls = {}, .tag_url_prefix = std::string(root).append("/tags/"), .isolate = true};
  for (const Mention& mention : named) {
    const std::string address = write_address(mention.handle, mention.domain);
    links.mention_urls[handle_key(address)] = std::string(root).append("/@").append(address);
  }
  return text::render_post(text, text::find_entities(text), links);
}

}  // namespace hoopoe::web
