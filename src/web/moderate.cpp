#include "app/moderate.h"

#include <algorithm>

#include "store/accounts.h"
#include "store/people.h"
#include "store/reports.h"
#include "web/moderation.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/paths.h"

namespace hoopoe::web {

namespace {

template <class IdType>
void run_chosen(const Context& context, store::Write& write, IdType id,
                const std::vector<ModerationAct<IdType>>& acts) {
  const auto chosen = std::ranges::find(acts, context.value("act"), &ModerationAct<IdType>::name);
  if (chosen == acts.end())
    throw Refusal(RefusalKind::invalid, "That is not to be done here as things stand.");
  chosen->run(write, id, act_of(context));
}

void moderate_account(const Context& context, store::Write& write, AccountId id) {
  app::require_moderator_of(write, context.me().actor.person, id);
  const auto account = store::accounts::find(write, id);
  if (!account) throw Refusal(RefusalKind::not_found, "Record not found");
  const auto owner = store::people::find_owner(write, id);
  run_chosen(context, write, id, acts_on(*account, owner && !owner->approved));
}

void moderate_post(const Context& context, store::Write& write, PostId id) {
  const ModeratedPost found = moderated_post(write, id);
  app::require_moderator_of(write, context.me().actor.person, found.post.author);
  run_chosen(context, write, id, acts_on(found.standing()));
}

void moderate_email(const Context& context, store::Write& write) {
  app::require_role(write, context.me().actor.person, Role::moderator);
  const auto act = context.value("act") == "unblock" ? app::unblock_email : app::block_email;
  act(write, context.value("pattern"), act_of(context));
}

}  // namespace

net::Task<net::Response> moderate_account(Context& context) {
  const auto id = captured_id<AccountId>(context);
  const bool is_answer = context.value("act") == "approve" || context.value("act") == "reject";
  return run_form(
      context, [&context, id](store::Write& write) { moderate_account(context, write, id); },
      [&context, id](const Refusal* refusal) { return show_account(context, id, refusal); },
      is_answer ? "/moderation" : "/moderation/accounts/" + id.str());
}

net::Task<net::Response> moderate_post(Context& context) {
  const auto id = captured_id<PostId>(context);
  return run_form(
      context, [&context, id](store::Write& write) { moderate_post(context, write, id); },
      [&context, id](const Refusal* refusal) { return show_post(context, id, refusal); },
      context.value("act") == "delete" ? "/moderation" : "/moderation/posts/" + id.str());
}

net::Task<net::Response> moderate_email(Context& context) {
  return run_form(
      context, [&context](store::Write& write) { moderate_email(context, write); },
      [&context](const Refusal* refusal) { return show_emails(context, refusal); }, "/moderation/emails");
}

net::Task<net::Response> close_report(Context& context) {
  const auto id = captured_id<ReportId>(context);
  require_moderator(context);
  co_await context.app.db.write([&](store::Write& write) {
    const auto report = store::reports::find(write, id);
    if (!report) throw Refusal(RefusalKind::not_found, "Record not found");
    app::require_moderator_of(write, context.me().actor.person, report->target);
    app::close_report(write, id, act_of(context));
  });
  co_return see_other("/moderation");
}

}  // namespace hoopoe::web
