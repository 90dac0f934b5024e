#pragma once

#include <vector>

#include "domain/ids.h"
#include "store/database.h"

// To which strangers somebody wrote of late, and when first: the table approaches. It stays when a post is
// deleted or says something else.
namespace hoopoe::store::approaches {

struct Approach {
  AccountId account;  // to whom
  Time created;
};

// Those since a time, in no order.
std::vector<Approach> of_person(Read& read, PersonId person, Time since);
// Again, it is as of now.
void insert(Write& write, PersonId person, AccountId account);
// At most so many; true when there is more.
bool erase_before(Write& write, Time when, int limit);

}  // namespace hoopoe::store::approaches
