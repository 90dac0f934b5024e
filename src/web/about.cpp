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

}  // namespace

net::Task<net::Response> about(Context& context) {
  const Settings& settings = context.app.settings;
  const auto totals = context.app.db.read([](store::Read& read) { return store::accounts::totals(read); });
  HtmlPage page{.title = "About", .description = settings.instance_description, .body = "about.html"};
  page.values.set("SITE", settings.instance_title).set("WORDS", settings.instance_description);
  page.values.set("LIMIT", settings.posts_characters_max);
  page.values.set("ACCOUNTS", totals.accounts).set("POSTS", totals.posts);
  if (!settings.instance_contact_email.empty()) {
    page.values.section("CONTACT").set("EMAIL", settings.instance_contact_email);
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
