#pragma once

#include <optional>
#include <vector>

#include "domain/ids.h"
#include "domain/page.h"
#include "store/account_entry.h"
#include "store/database.h"
#include "store/post_entry.h"

// Who favourited what: the table favourites; and, alike, who reposted what.
namespace hoopoe::store::favourites {

// False when it was so already.
bool insert(Write& write, AccountId account, PostId post);
bool erase(Write& write, AccountId account, PostId post);
// Of a tombstone, whose count is none already: at most so many, and true when there may be more.
bool erase_of_post(Write& write, PostId post, int limit);
// At most so many; true when there is more.
bool erase_of_account(Write& write, AccountId account, int limit);

// What an account has favourited, newest favourite first.
std::vector<PostEntry> of_account(Read& read, AccountId account, const Page& page);

// How many favourited, and reposted for all to see, a post from a time until another.
struct Tally {
  std::int64_t favourites = 0;
  std::int64_t reposts = 0;
};
Tally tally(Read& read, PostId post, Time from, std::optional<Time> until);

// Shown accounts, newest first; the page's ids are those of the favourites (of the reposts). A repost for
// followers alone tells nobody else.
std::vector<AccountEntry> of_post(Read& read, PostId post, const Page& page);
std::vector<AccountEntry> reposters_of(Read& read, PostId post, const Page& page);

}  // namespace hoopoe::store::favourites
