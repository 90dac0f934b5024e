#pragma once

#include <optional>
#include <vector>

#include "domain/account.h"
#include "domain/home.h"
#include "domain/page.h"
#include "store/account_entry.h"
#include "store/database.h"

// Who follows whom: the tables follows and follow_requests.
namespace hoopoe::store::follows {

struct Choices {
  bool reposts_shown = true;
  bool notifying = false;
};

bool exists(Read& read, AccountId follower, AccountId target);
// Those of the authors that the account follows.
std::vector<AccountId> followed_among(Read& read, AccountId account, const std::vector<AccountId>& authors);
// All whom the account follows, shown or not.
std::vector<Followed> all_of(Read& read, AccountId account);

// Those of the accounts that follow the target.
std::vector<AccountId> following_among(Read& read, const std::vector<AccountId>& accounts, AccountId target);

// Who asked to be told of the target's posts: at most so many.
std::vector<AccountId> to_be_told(Read& read, AccountId target, int limit);

// Shown accounts, newest follow first; the page's ids are those of follows (they travel in Link headers
// only).
std::vector<AccountEntry> followers(Read& read, AccountId target, const Page& page);
std::vector<AccountEntry> following(Read& read, AccountId follower, const Page& page);
std::vector<AccountEntry> requests(Read& read, AccountId target, const Page& page);
// Whom an account asked to follow, the newest accounts first: here pages start from the account.
std::vector<AccountEntry> requests_by(Read& read, AccountId follower, const Page& page);
std::int64_t request_count(Read& read, AccountId target);

// True when it is new; else only the choices change. A follow is no longer a request.
bool insert(Write& write, AccountId follower, AccountId target, Choices choices);
bool erase(Write& write, AccountId follower, AccountId target);
bool insert_request(Write& write, AccountId follower, AccountId target, Choices choices);
// What was asked, when it was.
std::optional<Choices> take_request(Write& write, AccountId follower, AccountId target);
// Everyone who asks becomes a follower.
void accept_requests(Write& write, AccountId target);
// At most so many of each kind; true when there is more.
bool erase_of_account(Write& write, AccountId account, int limit);

}  // namespace hoopoe::store::follows
