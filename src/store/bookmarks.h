#pragma once

#include <vector>

#include "domain/ids.h"
#include "domain/page.h"
#include "store/database.h"
#include "store/post_entry.h"

// What accounts keep for themselves: the table bookmarks; nobody else learns of it.
namespace hoopoe::store::bookmarks {

void insert(Write& write, AccountId account, PostId post);
void erase(Write& write, AccountId account, PostId post);
// At most so many; true when there is more.
bool erase_of_account(Write& write, AccountId account, int limit);

// Those of the posts that the account has bookmarked.
std::vector<PostId> among(Read& read, AccountId account, const std::vector<PostId>& posts);

// Newest bookmark first.
std::vector<PostEntry> list(Read& read, AccountId account, const Page& page);

}  // namespace hoopoe::store::bookmarks
