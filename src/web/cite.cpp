#include <algorithm>
#include <charconv>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/refusal.h"
#include "text/uri.h"
#include "web/assets.h"
#include "web/card.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/paths.h"
#include "web/photo_values.h"
#include "web/post_values.h"
#include "web/preview.h"
#include "web/times.h"

// What others make of a post on pages of their own.
namespace hoopoe::web {

namespace {

namespace json = boost::json;

// A moment's record: nobody keeps it for another.
net::Response snapshot(const app::PostView& shown, std::string body, std::string_view type,
                       std::string_view suffix) {
  net::Response response = answer_with(std::move(body), type, "no-store");
  response.headers.add("Content-Disposition",
                       fmt::format("attachment; filename=\"{}-{}-{}.{}\"", shown.author->handle,
                                   iso_date(shown.post->created), shown.post->id.str(), suffix));
  return response;
}

// Of "https://square.example/@jack/20" and "https://square.example/posts/20", under any name of ours.
std::optional<PostId> post_at(const app::App& app, std::string_view url) {
  const auto uri = text::parse_uri(url);
  if (!uri) return std::nullopt;
  const std::string host = uri->host + (uri->port ? ":" + std::to_string(*uri->port) : "");
  const auto path = text::percent_decode(uri->path);
  if (!path || (host != app.host && !net::is_one_of(app.settings.other_hosts, host))) return std::nullopt;
  const std::size_t slash = path->find('/', 1);
  if (slash == std::string::npos) return std::nullopt;
  const std::string_view first = std::string_view(*path).substr(0, slash);
  if (!first.starts_with("/@") && first != "/posts") return std::nullopt;
  return PostId::parse(std::string_view(*path).substr(slash + 1));
}

// What a post answers, where that is for everyone.
std::optional<app::PostView> answered_by(const Context& context, const PostCard& post) {
  if (!post.reply_to) return std::nullopt;
  auto view = context.app.db.read(
      [&](store::Read& read) { return app::find_post(read, context.viewer(), post.reply_to); });
  if (!view || !is_for_all(view->post->visibility)) return std::nullopt;
  return view;
}

// As wide as a column of text, and no wider than there is room (oembed.com, 2.3.4.4).
int card_width(std::string_view maximum) {
  constexpr int widest = 550;
  int room = widest;
  std::from_chars(maximum.data(), maximum.data() + maximum.size(), room);
  return std::clamp(room, 1, widest);
}

}  // namespace

net::Task<net::Response> cite(Context& context) {
  const app::PostView shown = captured_public_post(context);
  HtmlPage page{.title = "Cite a post", .body = "cite.html"};
  page.values.set("URL", path_of(*shown.author, shown.post->id));
  fill_card(page.values.include("QUOTE", card_template), context.app, shown);
  page.values.set("CARD", write_card(context.app, shown, CardScript::none));
  page.values.set("LIVE_CARD", write_card(context.app, shown, CardScript::live));
  page.values.set("AUTHOR", shown.author->shown_name()).set("HANDLE", shown.author->handle);
  page.values.set("WHEN", full_time(shown.post->created));
  if (shown.post->edited) page.values.section("EDITED").set("AT", full_time(*shown.post->edited));
  page.values.set("ADDRESS", url_of(context.app, *shown.author, shown.post->id));
  co_return render(context, std::move(page));
}

net::Task<net::Response> cite_as_html(Context& context) {
  const app::PostView shown = captured_public_post(context);
  const PostCard& post = *shown.post;
  Values values;
  values.set("STYLE_SOURCE", style_source()).set("SITE", context.app.settings.instance_title);
  values.set("URL", url_of(context.app, *shown.author, post.id));
  values.set("NAME", shown.author->shown_name()).set("HANDLE", shown.author->handle);
  values.set("ISO", iso8601(post.created)).set("WHEN", full_time(post.created));
  if (const std::string& notice = context.app.settings.instance_notice; !notice.empty()) {
    values.section("NOTICE").set("TEXT", notice);
  }
  if (const auto answered = answered_by(context, post)) {
    Values& question = values.section("ANSWERED");
    fill_whole_card(question.include("QUESTION", card_template), context.app, *answered);
  }
  fill_whole_card(values.include("QUOTE", card_template), context.app, shown);
  if (post.edited) {
    values.section("EDITED").set("ISO", iso8601(*post.edited)).set("WHEN", full_time(*post.edited));
  }
  if (post.reply_to) {
    values.section("ANSWERS").set("TO", url_of(context.app, post.reply_to));
  }
  values.set("REPLIES", shown.counts.replies).set("REPOSTS", shown.counts.reposts);
  values.set("FAVOURITES", shown.counts.favourites);
  const Time now = context.app.clock.now();
  values.set("NOW_ISO", iso8601(now)).set("NOW", full_time(now));
  co_return snapshot(shown, templates().render("snapshot.html", values), "text/html; charset=utf-8", "html");
}

net::Task<net::Response> cite_as_json(Context& context) {
  const app::PostView shown = captured_public_post(context);
  const PostCard& post = *shown.post;
  json::object object{{"taken_at", iso8601(context.app.clock.now())},
                      {"id", post.id.str()},
                      {"url", url_of(context.app, *shown.author, post.id)},
                      {"author",
                       {{"handle", shown.author->handle},
                        {"name", shown.author->shown_name()},
                        {"url", url_of(context.app, *shown.author)}}},
                      {"published_at", iso8601(post.created)},
                      {"edited_at", nullptr},
                      {"revision", post.revision},
                      {"language", post.language},
                      {"warning", post.warning},
                      {"text", post.text},
                      {"sensitive", post.sensitive},
                      {"photos", photos_json(context.app, post.photos)},
                      {"in_reply_to", nullptr},
                      {"replies", shown.counts.replies},
                      {"reposts", shown.counts.reposts},
                      {"favourites", shown.counts.favourites},
                      {"html", write_card(context.app, shown, CardScript::none)}};
  if (post.edited) object["edited_at"] = iso8601(*post.edited);
  if (post.reply_to) object["in_reply_to"] = url_of(context.app, post.reply_to);
  co_return snapshot(shown, json::serialize(object), "application/json; charset=utf-8", "json");
}

// One post alone, for the frame that a card becomes.
net::Task<net::Response> embed(Context& context) {
  const app::PostView shown = captured_public_post(context);
  Values values;
  values.set("SITE", context.app.settings.instance_title);
  values.set("TITLE", shown.author->shown_name()).set("URL", path_of(*shown.author, shown.post->id));
  values.set("CANONICAL", url_of(context.app, *shown.author, shown.post->id));
  fill_post(
      values.include("POST", post_template), shown,
      {.now = context.app.clock.now(), .look = PostLook::whole, .photos = photo_loading(context.request)});
  values.include("MARK", "mark.html");
  values.include("SYMBOLS", "symbols.html");
  net::Response response = answer_with(templates().render("embed.html", values), "text/html; charset=utf-8",
                                       cache_control(context, 200), {.framed = Framed::anywhere});
  response.headers.add("Vary", "Save-Data");
  co_return response;
}

// oembed.com, version 1.0; as JSON alone. For anyone: a cookie changes nothing, as under /api everywhere.
net::Task<net::Response> oembed(Context& context) {
  const std::string_view format = context.value("format");
  const bool is_json = format.empty() || format == "json";
  json::object card;
  if (is_json) {
    const auto id = post_at(context.app, context.value("url"));
    if (!id) throw Refusal(RefusalKind::not_found, "Record not found");
    const app::PostView shown = public_post(context.app, app::anonymous, *id);
    const auto script = context.value("omit_script") == "true" ? CardScript::none : CardScript::live;
    card = {{"type", "rich"},
            {"version", "1.0"},
            {"title", shown.author->shown_name()},
            {"author_name", shown.author->shown_name()},
            {"author_url", url_of(context.app, *shown.author)},
            {"provider_name", context.app.settings.instance_title},
            {"provider_url", context.app.public_url},
            {"html", write_card(context.app, shown, script)},
            {"width", card_width(context.value("maxwidth"))},
            {"height", nullptr}};
  } else {
    card = {{"error", "The only format is json"}};
  }
  net::Response response = answer_with(json::serialize(card), "application/json; charset=utf-8",
                                       is_json ? public_cache : "no-store");
  if (!is_json) response.status = 501;  // as oembed.com, 2.3.3 has it
  response.headers.add("Access-Control-Allow-Origin", "*");
  co_return response;
}

}  // namespace hoopoe::web
