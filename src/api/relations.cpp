
#include <boost/json.hpp>

#include "api/entities.h"
#include "api/handlers.h"
#include "app/block.h"
#include "app/follow.h"
#include "base/refusal.h"

namespace hoopoe::api {

namespace {

net::Response answer_accounts(const Call& call, const app::AccountPage& page) {
  return answer_page(call, to_text(accounts_json(call.app, page.accounts)), page.covered);
}

// A list of one's own.
Answer list(Call& call, app::AccountPage (*accounts)(app::App&, AccountId, const Page&)) {
  co_return answer_accounts(call, accounts(call.app, call.user().account, page_of(call, account_limits)));
}

// How one stands to another after a deed.
Answer change(Call& call, net::Task<Relation> (*deed)(app::App&, app::Actor, AccountId)) {
  const auto other = path_id<AccountId>(call);
  const Relation relation = co_await deed(call.app, call.user(), other);
  co_return answer(relationship_json(other, relation));
}

Answer answer_request(Call& call, app::Verdict verdict) {
  const auto follower = path_id<AccountId>(call);
  const Relation relation = co_await app::answer_follow_request(call.app, call.user(), follower, verdict);
  co_return answer(relationship_json(follower, relation));
}

}  // namespace

Answer relationships(Call& call) {
  auto ids = parameter_ids<AccountId>(call, "id");
  if (ids.size() > static_cast<std::size_t>(account_limits.max)) ids.resize(account_limits.max);
  json::array entities;
  for (const auto& [id, relation] : app::relations(call.app, call.user().account, ids)) {
    entities.push_back(relationship_json(id, relation));
  }
  co_return answer(entities);
}

Answer followers(Call& call) {
  co_return answer_accounts(
      call, app::followers(call.app, call.viewer(), path_id<AccountId>(call), page_of(call, account_limits)));
}

Answer following(Call& call) {
  co_return answer_accounts(
      call, app::following(call.app, call.viewer(), path_id<AccountId>(call), page_of(call, account_limits)));
}

Answer follow(Call& call) {
  const auto target = path_id<AccountId>(call);
  const Relation relation =
      co_await app::follow(call.app, call.user(), target,
                           {.reposts_shown = call.parameters.flag("reblogs").value_or(true),
                            .notifying = call.parameters.flag("notify").value_or(false)});
  co_return answer(relationship_json(target, relation));
}

Answer unfollow(Call& call) { return change(call, app::unfollow); }
Answer remove_from_followers(Call& call) { return change(call, app::remove_follower); }
Answer block(Call& call) { return change(call, app::block); }
Answer unblock(Call& call) { return change(call, app::unblock); }
Answer unmute(Call& call) { return change(call, app::unmute); }

Answer mute(Call& call) {
  const auto target = path_id<AccountId>(call);
  const Mute mute{.notifications_hidden = call.parameters.flag("notifications").value_or(true),
                  .expires = app::end_of_mute(call.app, call.parameters.integer("duration").value_or(0))};
  const Relation relation = co_await app::mute(call.app, call.user(), target, mute);
  co_return answer(relationship_json(target, relation));
}

Answer follow_requests(Call& call) { return list(call, app::follow_requests); }
Answer blocks(Call& call) { return list(call, app::blocked_accounts); }

// Accounts with the time when their mute ends (MutedAccount).
Answer mutes(Call& call) {
  const AccountId own = call.user().account;
  const app::AccountPage page = app::muted_accounts(call.app, own, page_of(call, account_limits));
  json::array entities = accounts_json(call.app, page.accounts);
  std::vector<AccountId> ids;
  ids.reserve(page.accounts.size());
  for (const Account& account : page.accounts) ids.push_back(account.id);
  std::size_t i = 0;
  for (const auto& [id, relation] : app::relations(call.app, own, ids)) {
    entities[i++].as_object()["mute_expires_at"] = mute_expiry(relation);
  }
  co_return answer_page(call, to_text(entities), page.covered);
}

Answer authorize_follow_request(Call& call) { return answer_request(call, app::Verdict::accepted); }
Answer reject_follow_request(Call& call) { return answer_request(call, app::Verdict::rejected); }

}  // namespace hoopoe::api
