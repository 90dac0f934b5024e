#pragma once

#include <vector>

#include "domain/ids.h"
#include "domain/page.h"
#include "store/account_entry.h"
#include "store/database.h"

// Who favourited what: the table favourites; and, alike, who reposted what.
namespace hoopoe::store::favourites {

// False when it was so already.
bool insert(Write& write, AccountId account, PostId post);
bool erase(Write& write, AccountId account, PostId post);
// At most so many; true when there is more.
bool erase_of_account(Write& write, AccountId account, int limit);

// Shown accounts, newest first; the page's ids are those of the favourites (of the reposts). A repost for
// followers alone tells nobody else.
std::vector<AccountEntry> of_post(Read& read, PostId post, const Page& page);
std::vector<AccountEntry> reposters_of(Read& read, PostId post, const Page& page);

}  // namespace hoopoe::store::favourites
