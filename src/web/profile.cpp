#include <fmt/format.h>

#include "app/accounts.h"
#include "app/follow.h"
#include "app/timelines.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/paths.h"
#include "web/post_values.h"
#include "web/times.h"

namespace hoopoe::web {

namespace {

enum class Tab { all, without_replies };

// In any case: handles are the same without it.
Account account_of(const Context& context) {
  return app::account_by_address(context.app, context.request.capture("handle"));
}

void fill_relation(Values& values, const Context& context, const Account& account) {
  if (!context.signed_in) return;
  if (account.id == context.viewer()) {
    values.section("OWN");
    return;
  }
  const auto relations = app::relations(context.app, context.viewer(), {account.id});
  const Relation relation = relations.empty() ? Relation{} : relations.front().second;
  if (relation.followed_by) values.section("FOLLOWS_YOU");
  values.section(relation.following   ? "UNFOLLOW"
                 : relation.requested ? "CANCEL"
                                      : "FOLLOW")
      .set("ACCOUNT", account.id.str());
}

void fill_header(Values& values, const Context& context, const Account& account) {
  values.set("NAME", account.shown_name()).set("HANDLE", account.handle).set("URL", path_of(account));
  values.set("POSTS", account.counts.posts).set("FOLLOWERS", account.counts.followers);
  values.set("FOLLOWING", account.counts.following);
  values.set("JOINED", month_of(account.created)).set("JOINED_ISO", iso_date(account.created));
  fill_tile(values, account);
  if (!account.bio.empty()) values.section("BIO").set_html("WORDS_HTML", render_words(account.bio));
  if (account.locked) values.section("LOCKED");
  if (account.bot) values.section("BOT");
  Values* fields = account.fields.empty() ? nullptr : &values.section("FIELDS");
  for (const ProfileField& field : account.fields) {
    fields->section("FIELD").set("LABEL", field.name).set_html("WORDS_HTML", render_words(field.value));
  }
  fill_relation(values, context, account);
}

net::Response show_profile(Context& context, Tab tab) {
  const Account account = account_of(context);
  const Page wanted = read_page(context);
  const std::string path = path_of(account) + (tab == Tab::without_replies ? "/without-replies" : "");
  HtmlPage page{.title = fmt::format("{} (@{})", account.shown_name(), account.handle),
                .description = account.bio,
                .body = "profile.html",
                .section = account.id == context.viewer() ? "ME" : ""};
  fill_header(page.values, context, account);
  page.values.section(tab == Tab::all ? "AT_ALL" : "AT_WITHOUT_REPLIES");
  const auto posts = app::author_timeline(context.app, context.viewer(), account.id,
                                          {.with_replies = tab == Tab::all}, wanted);
  add_posts(page.values, context, posts, wanted, path);
  return render(context, std::move(page));
}

using PeopleQuery = app::AccountPage (*)(app::App&, app::Viewer, AccountId, const Page&);

net::Response show_people(Context& context, PeopleQuery query, std::string_view which) {
  const Account account = account_of(context);
  const Page wanted = read_page(context, accounts_page_limit_default);
  const app::AccountPage people = query(context.app, context.viewer(), account.id, wanted);
  HtmlPage page{.title = fmt::format("{} · @{}", which, account.handle), .body = "people.html"};
  page.values.set("TITLE", which).set("NAME", account.shown_name()).set("URL", path_of(account));
  for (const Account& person : people.accounts) {
    Values& row = page.values.section("PERSON");
    row.set("URL", path_of(person)).set("NAME", person.shown_name()).set("HANDLE", person.handle);
    fill_tile(row, person);
    if (!person.bio.empty()) row.section("BIO").set_html("WORDS_HTML", render_words(person.bio));
  }
  if (people.accounts.empty()) page.values.section("EMPTY");
  add_pager(page.values, wanted, covered_by(people.covered, wanted), context.request.path);
  return render(context, std::move(page));
}

}  // namespace

net::Task<net::Response> profile(Context& context) { co_return show_profile(context, Tab::all); }

net::Task<net::Response> profile_without_replies(Context& context) {
  co_return show_profile(context, Tab::without_replies);
}

net::Task<net::Response> followers(Context& context) {
  co_return show_people(context, app::followers, "Followers");
}

net::Task<net::Response> following(Context& context) {
  co_return show_people(context, app::following, "Following");
}

}  // namespace hoopoe::web
