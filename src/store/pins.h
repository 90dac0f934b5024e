#pragma once

#include <vector>

#include "domain/ids.h"
#include "store/database.h"

// What accounts show first on their own page: the table pins.
namespace hoopoe::store::pins {

// Requires: it is not pinned yet.
void insert(Write& write, AccountId account, PostId post);
void erase(Write& write, AccountId account, PostId post);
// Last pinned first.
std::vector<PostId> of_account(Read& read, AccountId account);

}  // namespace hoopoe::store::pins
