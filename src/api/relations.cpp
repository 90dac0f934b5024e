#include <boost/json.hpp>

#include "api/entities.h"
#include "api/handlers.h"
#include "app/accounts.h"
#include "app/follow.h"

namespace hoopoe::api {

namespace {

net::Response answer_accounts(const Call& call, const app::AccountPage& page) {
  return answer_page(call, accounts_json(call.app, page.accounts), page.covered);
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
      call, app::followers(call.app, path_id<AccountId>(call), page_of(call, account_limits)));
}

Answer following(Call& call) {
  co_return answer_accounts(
      call, app::following(call.app, path_id<AccountId>(call), page_of(call, account_limits)));
}

Answer follow(Call& call) {
  const auto target = path_id<AccountId>(call);
  const Relation relation =
      co_await app::follow(call.app, call.user(), target,
                           {.reposts_shown = call.parameters.flag("reblogs").value_or(true),
                            .notifying = call.parameters.flag("notify").value_or(false)});
  co_return answer(relationship_json(target, relation));
}

Answer unfollow(Call& call) {
  const auto target = path_id<AccountId>(call);
  const Relation relation = co_await app::unfollow(call.app, call.user(), target);
  co_return answer(relationship_json(target, relation));
}

}  // namespace hoopoe::api
