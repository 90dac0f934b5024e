#pragma once

#include <vector>

#include "domain/page.h"
#include "domain/strike.h"
#include "store/database.h"

// What moderators told people: the table strikes. Each belongs to a notification of the same id.
namespace hoopoe::store::strikes {

std::vector<Strike> find_many(Read& read, AccountId account, const std::vector<NotificationId>& ids);
// Newest first.
std::vector<Strike> of_account(Read& read, AccountId account, const Page& page);
void insert(Write& write, const Strike& strike);
// Those of that kind, about that post or none; gives their notices.
std::vector<NotificationId> erase(Write& write, AccountId account, StrikeKind kind, PostId post);
void erase_of_account(Write& write, AccountId account);

}  // namespace hoopoe::store::strikes
