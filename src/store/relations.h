#pragma once

#include <utility>
#include <vector>

#include "domain/account.h"
#include "store/database.h"

namespace hoopoe::store {

// How one account stands to each of the others, in the order asked for: from the tables follows,
// follow_requests, blocks and mutes.
std::vector<std::pair<AccountId, Relation>> relations(Read& read, AccountId account,
                                                      const std::vector<AccountId>& others);

}  // namespace hoopoe::store
