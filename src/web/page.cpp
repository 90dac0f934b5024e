#include "web/page.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/notifications.h"
#include "web/assets.h"
#include "web/paths.h"

namespace hoopoe::web {

namespace {

constexpr std::string_view private_cache = "private, no-store";
constexpr int unread_shown_max = 9;  // of more there is a "9+"

void fill_navigation(Values& layout, Context& context, const HtmlPage& page) {
  if (!page.section.empty()) layout.section("AT_" + std::string(page.section));
  if (!context.signed_in) {
    layout.section("SIGNED_OUT")
        .set("SIGN_IN", with_return("/sign-in", local_path(context.request.target, "/")));
    return;
  }
  const Account& account = context.signed_in->account;
  Values& signed_in = layout.section("SIGNED_IN");
  signed_in.set("PROFILE", path_of(account)).set("HANDLE", account.handle);
  signed_in.set("CSRF", form_token(context));
  if (context.is_moderator()) signed_in.section("MODERATOR");
  const auto unread = app::unread_notifications(context.app, account.id, {}, unread_shown_max + 1);
  if (unread > 0) {
    signed_in.section("UNREAD").set(
        "COUNT", unread > unread_shown_max ? fmt::format("{}+", unread_shown_max) : std::to_string(unread));
  }
  // What a form answered is no page to come back to.
  const bool may_come_back = context.request.method != net::Method::post;
  signed_in.set("RETURN_TO", may_come_back ? local_path(context.request.target, "/") : "/");
}

void fill_preview(Values& layout, const Context& context, const HtmlPage& page) {
  const Preview& preview = page.preview;
  if (preview.path.empty()) return;
  const std::string url = context.app.public_url + preview.path;
  Values& values = layout.section("PREVIEW");
  values.set("TITLE", page.title.empty() ? context.app.settings.instance_title : page.title);
  values.set("URL", url).set("TYPE", preview.type);
  if (!preview.images.empty()) values.section("PICTURED");
  for (const Preview::Image& image : preview.images) {
    Values& picture = values.section("PICTURE").set("IMAGE", context.app.public_url + image.path);
    picture.set("IMAGE_WIDTH", image.width).set("IMAGE_HEIGHT", image.height);
    if (!image.description.empty()) picture.section("IMAGE_DESCRIBED").set("WORDS", image.description);
  }
  if (!preview.published) return;
  values.section("PUBLISHED")
      .set("ISO", iso8601(*preview.published))
      .set("AUTHOR", context.app.public_url + preview.author_path)
      .set("OEMBED", with_query(context.app.public_url + "/api/oembed", {{"url", url}}));
}

// Tor Browser offers to go there, from https alone (community.torproject.org/onion-services/advanced/
// onion-location).
void add_onion_location(const Context& context, net::Response& response) {
  const std::vector<std::string>& hosts = context.app.settings.other_hosts;
  const auto onion = std::ranges::find_if(hosts, is_onion);
  const std::string path = local_path(context.request.target, "");
  if (onion == hosts.end() || path.empty() || is_onion(context.request.host)) return;
  if (context.request.method == net::Method::post || response.status >= 400) return;
  response.headers.add("Onion-Location", "http://" + *onion + path);
}

}  // namespace

std::string_view cache_control(const Context& context, int status) {
  const bool is_for_one = context.signed_in || !context.form_secret.empty();
  return is_for_one || status >= 400 ? private_cache : public_cache;
}

net::Response render(Context& context, HtmlPage page) {
  Values layout;
  const std::string& site = context.app.settings.instance_title;
  layout.set("TITLE", page.title.empty() ? site : page.title + " · " + site).set("SITE", site);
  const std::string& description =
      page.description.empty() ? context.app.settings.instance_description : page.description;
  if (!description.empty()) layout.section("DESCRIPTION").set("TEXT", description);
  if (const std::string& notice = context.app.settings.instance_notice; !notice.empty()) {
    layout.section("NOTICE").set("TEXT", notice);
  }
  // By itself nothing is loaded for who counts bytes.
  if (page.refreshes && !context.request.saves_data()) layout.section("REFRESH");
  if (page.is_live) layout.section("LIVE");
  if (!page.feed.empty()) layout.section("FEED").set("URL", page.feed);
  fill_preview(layout, context, page);
  fill_navigation(layout, context, page);
  layout.include("SYMBOLS", "symbols.html");
  layout.include("MARK", "mark.html");
  layout.include("BODY", page.body) = std::move(page.values);

  net::Response response = answer_with(templates().render("layout.html", layout), "text/html; charset=utf-8",
                                       cache_control(context, page.status), page.security);
  response.status = page.status;
  response.headers.add("Vary", "Save-Data");
  add_onion_location(context, response);
  if (context.form_secret_is_new) set_form_cookie(context, response);
  return response;
}

net::Response answer_with(std::string body, std::string_view content_type, std::string_view cache_control,
                          const SecurityOptions& security) {
  net::Response response{.body = std::move(body)};
  response.headers.add("Content-Type", content_type);
  response.headers.add("Cache-Control", cache_control);
  add_security_headers(response, security);
  return response;
}

net::Response see_other(std::string_view location) { return redirect(303, location); }

net::Response redirect(int status, std::string_view location) {
  net::Response response{.status = status};
  response.headers.add("Location", location);
  response.headers.add("Cache-Control", private_cache);
  add_security_headers(response, {});
  return response;
}

Page read_page(const Context& context, int limit) {
  const auto id = [&](std::string_view name) {
    const auto parsed = PostId::parse(context.value(name));
    return parsed ? parsed->value : 0;
  };
  return {.max_id = id("max_id"), .min_id = id("min_id"), .limit = limit};
}

void add_pager(Values& values, const Page& page, const Covered& covered, std::string_view path) {
  Values& pager = values.include("PAGER", "pager.html");
  const bool came_up = page.min_id > 0;
  const bool is_empty = covered.newest == 0;
  const bool has_newer = !is_empty && (page.max_id > 0 || (came_up && covered.is_full));
  const bool has_older = !is_empty && (covered.is_full || came_up);
  if (has_newer || has_older) {
    Values& pages = pager.section("PAGES");
    const auto add = [&](std::string_view section, std::string_view parameter, std::int64_t id) {
      pages.section(section).set("URL", with_query(path, {{parameter, std::to_string(id)}}));
    };
    if (has_newer) add("NEWER", "min_id", covered.newest);
    if (has_older) add("OLDER", "max_id", covered.oldest);
  }
  if (is_empty && (came_up || page.max_id > 0)) pager.section("FIRST").set("URL", path);
}

}  // namespace hoopoe::web
