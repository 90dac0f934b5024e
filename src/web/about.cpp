#include "app/moderate.h"
#include "app/sign_in.h"
#include "base/refusal.h"
#include "store/accounts.h"
#include "web/assets.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/paths.h"
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
  const std::vector<std::string> rules = rules_of(context.app.settings);
  Values& section = page.values.section(rules.empty() ? "NONE" : "SOME");
  section.set("SITE", context.app.settings.instance_title);
  for (const std::string& rule : rules) section.section("RULE").set("WORDS", rule);
  add_contact(page.values, context.app.settings);
  co_return render(context, std::move(page));
}

net::Task<net::Response> privacy(Context& context) {
  HtmlPage page{.title = "Privacy", .body = "about_privacy.html", .preview = {.path = "/privacy"}};
  page.values.set("SESSION_DAYS", app::session_lifetime.count());
  page.values.set("TAKEDOWN_DAYS", app::takedown_undoable.count());
  add_contact(page.values, context.app.settings);
  co_return render(context, std::move(page));
}

// How to read here where lines are slow, dear or watched.
net::Task<net::Response> bad_line(Context& context) {
  HtmlPage page{
      .title = "Reading on a bad line", .body = "about_bad_line.html", .preview = {.path = "/bad-line"}};
  const std::vector<std::string>& others = context.app.settings.other_hosts;
  Values* listed = others.empty() ? nullptr : &page.values.section("OTHERS").set("HOST", context.app.host);
  for (const std::string& host : others) {
    listed->section(is_onion(host) ? "ONION" : "MIRROR").set("NAME", host);
  }
  co_return render(context, std::move(page));
}

net::Task<net::Response> static_file(Context& context) {
  const StaticFile* file = find_static_file(context.request.capture("name"));
  if (file == nullptr) throw Refusal(RefusalKind::not_found, "Record not found");
  const bool is_this_version = context.value("v") == file->version;
  co_return answer_with(std::string(file->bytes), file->content_type,
                        is_this_version ? cache_for_ever : cache_for_a_day);
}

net::Task<net::Response> favicon(Context&) {
  const StaticFile* file = find_static_file("hoopoe.svg");
  co_return answer_with(std::string(file->bytes), file->content_type, cache_for_a_day);
}

net::Task<net::Response> robots(Context&) {
  co_return answer_with(std::string(robots_text), "text/plain; charset=utf-8", cache_for_a_day);
}

}  // namespace hoopoe::web
