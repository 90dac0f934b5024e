#pragma once

#include <vector>

#include "domain/event.h"
#include "store/database.h"

// What happened, in commit order: the table outbox. Written with the deed itself, in the same transaction.
namespace hoopoe::store::outbox {

void append(Write& write, EventKind kind, AccountId account, PostId post = {}, std::int64_t other = 0);

// Oldest first.
std::vector<Event> after(Read& read, EventId id, int limit);
EventId newest(Read& read);
EventId oldest(Read& read);
// At most so many; true when there is more. All but the newest, which says of any older one that something
// after it may be gone.
bool erase_before(Write& write, Time when, int limit);

}  // namespace hoopoe::store::outbox
