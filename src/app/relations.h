#pragma once

#include <utility>
#include <vector>

#include "app/actor.h"
#include "app/app.h"
#include "domain/account.h"
#include "domain/page.h"
#include "store/account_entry.h"

namespace hoopoe::app {

// How an account stands to each of the others, in the order asked for; to one that is not shown in no way.
std::vector<std::pair<AccountId, Relation>> relations(App& app, AccountId account,
                                                      const std::vector<AccountId>& others);
Relation relation(store::Read& read, AccountId account, AccountId other);

// Takes out those whom a block keeps apart from the viewer.
void remove_blocked(store::Read& read, Viewer viewer, std::vector<Account>& accounts);

// Accounts, newest entry first; `covered` are the ids that the next and previous page start from.
struct AccountPage {
  std::vector<Account> accounts;
  std::vector<std::int64_t> covered;
};
// Without those whom a block keeps apart from the viewer.
AccountPage view_accounts(store::Read& read, Viewer viewer, const std::vector<store::AccountEntry>& entries);

}  // namespace hoopoe::app
