#pragma once

#include <vector>

#include "domain/page.h"
#include "store/account_entry.h"
#include "store/database.h"

// Who has blocked whom: the table blocks.
namespace hoopoe::store::blocks {

// Those of the others that the account has blocked, or that have blocked it.
std::vector<AccountId> between(Read& read, AccountId account, const std::vector<AccountId>& others);
// Has the one blocked the other?
bool has(Read& read, AccountId account, AccountId target);
bool exist_between(Read& read, AccountId one, AccountId other);

// False when it was so already.
bool insert(Write& write, AccountId account, AccountId target);
bool erase(Write& write, AccountId account, AccountId target);
void erase_of_account(Write& write, AccountId account);

// Shown accounts that the account has blocked, newest first.
std::vector<AccountEntry> list(Read& read, AccountId account, const Page& page);

}  // namespace hoopoe::store::blocks
