#include <array>

#include "app/keep.h"
#include "app/relations.h"
#include "app/timelines.h"
#include "text/entities.h"
#include "text/html.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/paths.h"
#include "web/post_values.h"
#include "web/times.h"
#include "web/words.h"

namespace hoopoe::web {

namespace {

enum class Tab { posts, with_replies, photos };

struct TabNames {
  std::string_view path;
  std::string_view section;
};
constexpr std::array tab_names{TabNames{"", "AT_POSTS"}, TabNames{"/with-replies", "AT_WITH_REPLIES"},
                               TabNames{"/photos", "AT_PHOTOS"}};  // by Tab

// What the visitor may do about the account.
void fill_choices(Values& values, const Context& context, const Relation& relation,
                  const std::string& account) {
  const bool are_apart = relation.blocking || relation.blocked_by;
  const auto offer = [&](std::string_view section) { values.section(section).set("ACCOUNT", account); };
  if (relation.blocking) {
    offer("UNBLOCK");
  } else if (!are_apart) {
    offer(relation.following ? "UNFOLLOW" : relation.requested ? "CANCEL" : "FOLLOW");
  }
  Values& more = values.section("MORE").set("ACCOUNT", account);
  more.section(relation.mute ? "UNMUTE" : "MUTE");
  if (relation.followed_by) more.section("REMOVE");
  if (!relation.blocking) more.section("BLOCK");
  if (context.is_moderator()) more.section("MODERATE");
}

Relation fill_relation(Values& values, const Context& context, const Account& account) {
  if (!context.signed_in) return {};
  if (account.id == context.viewer()) {
    values.section("OWN");
    return {};
  }
  const auto relations = app::relations(context.app, context.viewer(), {account.id});
  const Relation relation = relations.empty() ? Relation{} : relations.front().second;
  if (relation.followed_by) values.section("FOLLOWS_YOU");
  if (relation.mute) values.section("MUTED");
  if (relation.blocking) values.section("BLOCKED");
  fill_choices(values, context, relation, account.id.str());
  return relation;
}

void fill_header(Values& values, const Account& account) {
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
    Values& shown = fields->section("FIELD").set("LABEL", field.name);
    shown.set_html("WORDS_HTML",
                   text::render_post(field.value, text::find_entities(field.value),
                                     {.tag_url_prefix = "/tags/", .isolate = true, .rel_me = true}));
    if (field.verified) shown.section("VERIFIED").set("WHEN", full_time(*field.verified));
  }
}

app::PostPage posts_of(const Context& context, AccountId account, Tab tab, const Page& wanted) {
  if (tab == Tab::photos) return app::photo_timeline(context.app, context.viewer(), account, wanted);
  return app::author_timeline(context.app, context.viewer(), account,
                              {.with_replies = tab == Tab::with_replies}, wanted);
}

struct Listed {
  Tab tab = Tab::posts;
  app::PostPage posts;
  std::vector<app::PostView> pinned;
};

// What stands under a tab. Who only answers others is not silent: of them it is that.
Listed list(const Context& context, AccountId account, Tab tab, const Page& wanted) {
  Listed listed{.tab = tab, .posts = posts_of(context, account, tab, wanted), .pinned = {}};
  if (tab != Tab::posts || !is_first(wanted)) return listed;
  listed.pinned = app::pinned(context.app, context.viewer(), account);
  const bool is_empty = listed.posts.posts.empty() && std::ssize(listed.posts.covered) < wanted.limit;
  if (!is_empty || !listed.pinned.empty()) return listed;
  app::PostPage all = posts_of(context, account, Tab::with_replies, wanted);
  if (all.posts.empty()) return listed;
  return {.tab = Tab::with_replies, .posts = std::move(all), .pinned = {}};
}

net::Response show_profile(Context& context, Tab tab) {
  const Account account = captured_account(context);
  const Page wanted = read_page(context);
  HtmlPage page{.title = title_of(account),
                .description = account.bio,
                .body = "profile.html",
                .section = account.id == context.viewer() ? "ME" : ""};
  fill_header(page.values, account);
  const Relation relation = fill_relation(page.values, context, account);
  const bool are_apart = relation.blocking || relation.blocked_by;
  const Listed listed =
      are_apart ? Listed{.tab = tab, .posts = {}, .pinned = {}} : list(context, account.id, tab, wanted);
  const TabNames& names = tab_names[static_cast<std::size_t>(listed.tab)];
  const std::string path = path_of(account).append(names.path);
  page.preview = {.path = path, .type = "profile"};
  page.feed = path;
  page.values.section(names.section);
  if (are_apart) {
    page.values.section("APART");
  } else {
    add_posts(page.values, context, listed.posts, wanted, path, listed.pinned);
  }
  return render(context, std::move(page));
}

}  // namespace

net::Task<net::Response> profile(Context& context) { co_return show_profile(context, Tab::posts); }

net::Task<net::Response> profile_with_replies(Context& context) {
  co_return show_profile(context, Tab::with_replies);
}

net::Task<net::Response> profile_photos(Context& context) { co_return show_profile(context, Tab::photos); }

}  // namespace hoopoe::web
