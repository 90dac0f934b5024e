#include "app/relations.h"

#include <algorithm>
#include <unordered_set>

#include "store/accounts.h"
#include "store/blocks.h"
#include "store/relations.h"

namespace hoopoe::app {

std::vector<std::pair<AccountId, Relation>> relations(App& app, AccountId account,
                                                      const std::vector<AccountId>& others) {
  return app.db.read([&](store::Read& read) {
    std::unordered_set<AccountId> shown;
    for (const Account& other : store::accounts::find_many(read, others)) {
      if (other.is_shown()) shown.insert(other.id);
    }
    auto relations = store::relations(read, account, others);
    for (auto& [other, relation] : relations) {
      if (!shown.contains(other)) relation = {};
    }
    return relations;
  });
}

Relation relation(store::Read& read, AccountId account, AccountId other) {
  return store::relations(read, account, {other}).front().second;
}

void remove_blocked(store::Read& read, Viewer viewer, std::vector<Account>& accounts) {
  if (!viewer || accounts.empty()) return;
  std::vector<AccountId> ids;
  ids.reserve(accounts.size());
  for (const Account& account : accounts) ids.push_back(account.id);
  const std::vector<AccountId> blocked = store::blocks::between(read, viewer, ids);
  std::erase_if(accounts, [&](const Account& account) {
    return std::ranges::find(blocked, account.id) != blocked.end();
  });
}

AccountPage view_accounts(store::Read& read, Viewer viewer, const std::vector<store::AccountEntry>& entries) {
  AccountPage page;
  std::vector<AccountId> ids;
  for (const store::AccountEntry& entry : entries) {
    ids.push_back(entry.account);
    page.covered.push_back(entry.id);
  }
  page.accounts = store::accounts::find_many(read, ids);
  remove_blocked(read, viewer, page.accounts);
  return page;
}

}  // namespace hoopoe::app
