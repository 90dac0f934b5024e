#pragma once

#include <vector>

#include "domain/ids.h"
#include "domain/page.h"
#include "store/database.h"

// Who favourited what: the table favourites; and, alike, who reposted what.
namespace hoopoe::store::favourites {

// False when it was so already.
bool insert(Write& write, AccountId account, PostId post);
bool erase(Write& write, AccountId account, PostId post);
void erase_of_account(Write& write, AccountId account);

// Shown accounts, newest first; the page's ids are those of the favourites (of the reposts). A repost for
// followers alone tells nobody else.
struct Entry {
  std::int64_t id;
  AccountId account;
};
std::vector<Entry> of_post(Read& read, PostId post, const Page& page);
std::vector<Entry> reposters_of(Read& read, PostId post, const Page& page);

}  // namespace hoopoe::store::favourites
