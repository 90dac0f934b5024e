#pragma once

#include <cstdint>

#include "domain/ids.h"
#include "store/database.h"

namespace hoopoe::store {

// One line of a list of accounts, such as who follows whom: the account, and the id that the line stands at
// in the list, which is what pages start from.
struct AccountEntry {
  std::int64_t id;
  AccountId account;
};

// Of a row (id, account).
inline AccountEntry to_account_entry(const Row& row) {
  return {.id = row.get<std::int64_t>(0), .account = row.get<AccountId>(1)};
}

}  // namespace hoopoe::store
