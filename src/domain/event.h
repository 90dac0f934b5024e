#pragma once

#include <cstdint>

#include "base/clock.h"
#include "domain/ids.h"

namespace hoopoe {

// Stored as these numbers.
enum class EventKind {
  published = 0,       // account published post, which may be a repost
  deleted = 1,         // account's post is gone; other is 1 when everyone might have read it
  notified = 2,        // account has a notification, in other
  account_hidden = 3,  // account is suspended or deleted: its streams end, its posts are gone
  edited = 4,          // account gave its post other words, or other readers
  replanned = 5,       // account made post an occasion, changed that, or ended it
};

// A row of the outbox, in commit order.
struct Event {
  EventId id;
  EventKind kind = EventKind::published;
  AccountId account;
  PostId post;
  std::int64_t other = 0;
  Time created;
};

}  // namespace hoopoe
