#include "base/refusal.h"
#include "store/accounts.h"
#include "web/assets.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/security_headers.h"

namespace hoopoe::web {

namespace {

constexpr std::string_view cache_for_ever = "public, max-age=31536000, immutable";
constexpr std::string_view cache_for_a_day = "public, max-age=86400";

constexpr std::string_view robots_text =
    "User-agent: *\n"
    "Disallow: /compose\n"
    "Disallow: /oauth/\n"
    "Disallow: /settings\n"
    "Disallow: /sign-in\n"
    "Disallow: /sign-up\n";

net::Response answer(std::string_view bytes, std::string_view content_type, std::string_view cache) {
  net::Response response{.body = std::string(bytes)};
  response.headers.add("Content-Type", content_type);
  response.headers.add("Cache-Control", cache);
  add_security_headers(response, {});
  return response;
}

void add_contact(Values& values, const Settings& settings) {
  if (!settings.instance_contact_email.empty()) {
    values.section("CONTACT").set("EMAIL", settings.instance_contact_email);
  }
}

}  // namespace

net::Task<net::Response> about(Context& context) {
  const Settings& settings = context.app.settings;
  const auto totals = context.app.db.read([](store::Read& read) { return store::accounts::totals(read); });
  HtmlPage page{.title = "About",
                .description = settings.instance_description,
                .body = "about.html",
                .preview = {.path = "/about"}};
  page.values.set("SITE", settings.instance_title).set("WORDS", settings.instance_description);
  page.values.set("LIMIT", settings.posts_characters_max);
  page.values.set("ACCOUNTS", totals.accounts).set("POSTS", totals.posts);
  add_contact(page.values, settings);
  co_return render(context, std::move(page));
}

net::Task<net::Response> rules(Context& context) {
  HtmlPage page{.title = "Rules", .body = "about_rules.html", .preview = {.path = "/rules"}};
  page.values.set("SITE", context.app.settings.instance_title);
  for (const std::string& rule : rules_of(context.app.settings))
    page.values.section("RULE").set("WORDS", rule);
  page.values.section(rules_of(context.app.settings).empty() ? "NONE" : "SOME");
  co_return render(context, std::move(page));
}

net::Task<net::Response> privacy(Context& context) {
  HtmlPage page{.title = "Privacy", .body = "about_privacy.html", .preview = {.path = "/privacy"}};
  add_contact(page.values, context.app.settings);
  co_return render(context, std::move(page));
}

// How to read here where lines are slow, dear or watched.
net::Task<net::Response> bad_line(Context& context) {
  HtmlPage page{
      .title = "Reading on a bad line", .body = "about_bad_line.html", .preview = {.path = "/bad-line"}};
  page.values.set("HOST", context.app.host);
  for (const std::string& host : context.app.settings.other_hosts) {
    page.values.section(host.ends_with(".onion") ? "ONION" : "MIRROR").set("NAME", host);
  }
  co_return render(context, std::move(page));
}

net::Task<net::Response> static_file(Context& context) {
  const StaticFile* file = find_static_file(context.request.capture("name"));
  if (file == nullptr) throw Refusal(RefusalKind::not_found, "Record not found");
  const bool is_this_version = context.value("v") == file->version;
  co_return answer(file->bytes, file->content_type, is_this_version ? cache_for_ever : cache_for_a_day);
}

net::Task<net::Response> favicon(Context&) {
  const StaticFile* file = find_static_file("hoopoe.svg");
  co_return answer(file->bytes, file->content_type, cache_for_a_day);
}

net::Task<net::Response> robots(Context&) {
  co_return answer(robots_text, "text/plain; charset=utf-8", cache_for_a_day);
}

}  // namespace hoopoe::web
