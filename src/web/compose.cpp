#include "app/post_view.h"
#include "app/publish.h"
#include "app/replies.h"
#include "base/refusal.h"
#include "web/compose_form.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/paths.h"
#include "web/post_values.h"
#include "web/words.h"

namespace hoopoe::web {

namespace {

std::optional<app::PostView> find_answered(const Context& context, std::string_view reply_to) {
  const auto id = PostId::parse(reply_to);
  if (!id) return std::nullopt;
  return context.app.db.read([&](store::Read& read) { return app::find_post(read, context.viewer(), *id); });
}

// What somebody wants to say anew goes where it stood, if they may still answer there.
std::string place_of(const Context& context, const Post& post) {
  const bool may_answer = post.reply_to && context.app.db.read([&](store::Read& read) {
    return app::find_post(read, context.viewer(), post.reply_to) &&
           app::may_reply(read, context.viewer(), post.reply_to);
  });
  return may_answer ? post.reply_to.str() : "";
}

net::Response show(Context& context, DraftForm draft, int status) {
  const auto answered = find_answered(context, draft.reply_to);
  const bool is_anew = !draft.replaced.empty();
  HtmlPage page{.status = status,
                .title = is_anew    ? "Write anew"
                         : answered ? "Reply"
                                    : "New post",
                .body = "compose.html"};
  page.values.set("TITLE", page.title);
  if (is_anew) {
    page.values.section("NOTE").set("WORDS",
                                    "When you publish this, your post as it was is deleted: its address says "
                                    "so, and what people did with it is not carried over.");
  }
  if (answered) {
    fill_post(
        page.values.include("POST", post_template), answered->shown(),
        {.viewer = app::anonymous, .now = context.app.clock.now(), .photos = photo_loading(context.request)});
  }
  add_compose_form(page.values, context, std::move(draft));
  return render(context, std::move(page));
}

}  // namespace

net::Task<net::Response> compose(Context& context) {
  const auto answered = find_answered(context, context.value("reply_to"));
  if (!answered && !context.value("reply_to").empty()) {
    throw Refusal(RefusalKind::not_found, "Record not found");
  }
  DraftForm draft = answered ? draft_of_reply(context, *answered) : DraftForm{};
  if (!context.value("text").empty()) draft = sent_form(context);
  co_return show(context, std::move(draft), 200);
}

net::Task<net::Response> redraft(Context& context) {
  const auto own = own_post(context, captured_id<PostId>(context)).post;
  const Post& post = *own;
  co_return show(context,
                 {.text = post.text,
                  .warning = post.warning,
                  // Of a warning it follows by itself.
                  .sensitive = post.sensitive && post.warning.empty(),
                  .visibility = post.visibility,
                  .reply_rule = post.reply_rule,
                  .language = post.language,
                  .reply_to = place_of(context, post),
                  .replaced = post.id.str(),
                  .photos = as_chosen(own->photos),
                  .is_own = true},
                 200);
}

net::Task<net::Response> publish(Context& context) {
  DraftForm form = sent_form(context);
  const auto reply_to = PostId::parse(form.reply_to);
  if (!reply_to && !form.reply_to.empty()) throw Refusal(RefusalKind::not_found, "Record not found");
  const auto replaced = PostId::parse(form.replaced);
  if (!replaced && !form.replaced.empty()) throw Refusal(RefusalKind::not_found, "Record not found");
  if (const auto again = co_await upload_files(context, form)) {
    co_return show(context, std::move(form), *again);
  }
  app::Actor actor = context.me().actor;
  Draft draft{.text = form.text,
              .warning = form.warning,
              .sensitive = form.sensitive.value_or(context.me().account.default_sensitive),
              .visibility = form.visibility.value_or(context.me().account.default_visibility),
              .reply_rule = form.reply_rule,
              .language = form.language,
              .reply_to = reply_to.value_or(PostId{}),
              .photos = form.photos,
              .idempotency_key = form.idempotency_key};
  std::string path;
  bool is_held = false;
  int status = 422;
  try {
    if (replaced) context.limits->count_deletion(actor.account);
    const app::PostView view =
        co_await app::publish(context.app, actor, std::move(draft), replaced.value_or(PostId{}));
    path = path_of(*view.author, view.post->id);
  } catch (const Refusal& refusal) {
    is_held = refusal.kind == RefusalKind::held;
    const bool parent_is_gone =
        reply_to && (refusal.kind == RefusalKind::gone || refusal.kind == RefusalKind::not_found);
    const bool is_closed = reply_to && refusal.kind == RefusalKind::forbidden;  // to their answers
    const bool is_too_many = refusal.kind == RefusalKind::too_many;
    if (refusal.kind != RefusalKind::invalid && !parent_is_gone && !is_closed && !is_held && !is_too_many) {
      throw;
    }
    if (is_too_many) status = net::status_of(refusal.kind);
    form.error = parent_is_gone ? "What you answer is no longer there. Publish it as a post of its own?"
                                : without_prefix(refusal.what());
    if (parent_is_gone) form.reply_to.clear();
  }
  if (is_held) co_return see_other("/held");
  if (path.empty()) {
    co_return show(context, std::move(form), status);
  }
  co_return see_other(reply_to || replaced ? path : local_path(context.value("return_to"), "/home"));
}

}  // namespace hoopoe::web
