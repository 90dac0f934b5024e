#include "app/moderate.h"
#include "app/publish.h"
#include "app/rules.h"
#include "store/accounts.h"
#include "store/held_posts.h"
#include "store/photos.h"
#include "web/form_errors.h"
#include "web/moderation.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/post_values.h"
#include "web/times.h"

// Posts that wait for a moderator: theirs to judge, and their authors' to take back.
namespace hoopoe::web {

namespace {

constexpr int held_shown_max = 40;

Values& add_held(store::Read& read, const Context& context, Values& values, const HeldPost& held) {
  Values& row = values.section("HELD").set("ID", held.id.str());
  row.set("ISO", iso8601(held.created)).set("WHEN", full_time(held.created));
  if (!held.draft.warning.empty()) row.section("WARNING").set("TEXT", held.draft.warning);
  if (held.draft.reply_to) row.section("ANSWER").set("ID", held.draft.reply_to.str());
  row.set_html("TEXT_HTML", render_words(held.draft.text));
  // Nobody has looked at them yet.
  add_photos(row, store::photos::find_many(read, ids_of(held.draft.photos)),
             {.loading = photo_loading(context.request), .cover = PhotoCover::judged});
  return row;
}

net::Response show_held(Context& context, const Refusal* refusal) {
  HtmlPage page{.status = refusal != nullptr ? net::status_of(refusal->kind) : 200,
                .title = "Posts that wait",
                .body = "moderation_held.html"};
  const auto after = HeldPostId::parse(context.value("after")).value_or(HeldPostId{});
  const std::string csrf = form_token(context);
  context.app.db.read([&](store::Read& read) {
    const std::vector<HeldPost> waiting = store::held_posts::list(read, after, held_shown_max);
    for (const HeldPost& held : waiting) {
      Values& row =
          add_held(read, context, page.values, held).set("CSRF", csrf).set("ACCOUNT", held.author.str());
      if (const auto author = store::accounts::find(read, held.author)) row.set("HANDLE", author->handle);
    }
    if (waiting.empty()) page.values.section("EMPTY");
    if (waiting.size() == held_shown_max) {
      page.values.section("MORE").set("URL", "/moderation/held?after=" + waiting.back().id.str());
    }
  });
  if (refusal != nullptr) add_errors(page.values, *refusal);
  return render(context, std::move(page));
}

void judge(const Context& context, store::Write& write, HeldPostId id) {
  const app::Moderation act = act_of(context);
  app::require_role(write, act.by, Role::moderator);
  const auto held = store::held_posts::find(write, id);
  if (!held) throw Refusal(RefusalKind::not_found, "Record not found");
  app::require_moderator_of(write, act.by, held->author);
  if (context.value("act") == "release") {
    app::release_post(context.app, write, id, act);
  } else if (context.value("act") == "turn-down") {
    app::turn_down_post(write, id, act);
  } else {
    throw Refusal(RefusalKind::bad_request, "The form does not say what is to be done.");
  }
}

}  // namespace

net::Task<net::Response> held_posts(Context& context) {
  HtmlPage page{.title = "Your posts that wait", .body = "held.html"};
  context.app.db.read([&](store::Read& read) {
    const auto waiting = store::held_posts::of_author(read, context.me().account.id);
    for (const HeldPost& held : waiting) add_held(read, context, page.values, held);
    if (waiting.empty()) page.values.section("EMPTY");
  });
  co_return render(context, std::move(page));
}

net::Task<net::Response> withdraw_post(Context& context) {
  const auto id = captured_id<HeldPostId>(context);
  co_await context.app.db.write(
      [&](store::Write& write) { app::withdraw_post(write, context.me().actor, id); });
  co_return see_other("/held");
}

net::Task<net::Response> moderation_held(Context& context) {
  require_moderator(context);
  co_return show_held(context, nullptr);
}

net::Task<net::Response> moderate_held(Context& context) {
  const auto id = captured_id<HeldPostId>(context);
  return run_form(
      context, [&context, id](store::Write& write) { judge(context, write, id); },
      [&context](const Refusal* refusal) { return show_held(context, refusal); }, "/moderation/held");
}

}  // namespace hoopoe::web
