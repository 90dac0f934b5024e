#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/moderate.h"
#include "base/refusal.h"
#include "domain/account.h"
#include "domain/person.h"
#include "domain/post.h"
#include "net/task.h"
#include "web/context.h"
#include "web/page.h"

// What the pages of moderators and their forms share.
namespace hoopoe::web {

// What may be done, by the name it has in a form.
template <class IdType>
struct ModerationAct {
  std::string_view name;
  std::string_view words;
  void (*run)(store::Write&, IdType, const app::Moderation&);
};
// Of an account or a post as it stands now; a closed list, in the order of gravity.
std::vector<ModerationAct<AccountId>> acts_on(const Account& account, bool is_waiting);
enum class PostStanding { there, taken_down };
std::vector<ModerationAct<PostId>> acts_on(PostStanding standing);

// The page with its form, again when that was refused. Requires: a moderator.
net::Response show_account(Context& context, AccountId id, const Refusal* refusal);
net::Response show_post(Context& context, PostId id, const Refusal* refusal);
net::Response show_emails(Context& context, const Refusal* refusal);

// A post that moderators see, also when it is taken down: one for all, or the words that somebody who may
// read them has reported. None, or Refusal{not_found}, for all else: what is private stays so.
struct ModeratedPost {
  Post post;
  std::vector<Photo> photos;
  std::optional<Time> taken_down;
  PostStanding standing() const { return taken_down ? PostStanding::taken_down : PostStanding::there; }
};
std::optional<ModeratedPost> find_moderated_post(store::Read& read, PostId id);
ModeratedPost moderated_post(store::Read& read, PostId id);

// Refusal{not_found} for everybody else.
void require_moderator(const Context& context);

// What the form says why.
inline app::Moderation act_of(const Context& context) {
  return {.by = context.me().actor.person, .reason = std::string(context.value("reason"))};
}

// Does it and leads to where that shows; when it is refused for what was asked, the form says why.
template <class Act, class Show>
net::Task<net::Response> run_form(Context& context, Act act, Show show_again, std::string then) {
  require_moderator(context);
  std::optional<Refusal> refused;
  try {
    co_await context.app.db.write([&](store::Write& write) { act(write); });
  } catch (const Refusal& refusal) {
    if (refusal.kind != RefusalKind::invalid && refusal.kind != RefusalKind::forbidden) throw;
    refused = refusal;
  }
  if (refused) co_return show_again(&*refused);
  co_return see_other(then);
}

}  // namespace hoopoe::web
