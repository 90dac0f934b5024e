#pragma once

#include "store/database.h"

namespace hoopoe::app {

// One slice of what has an end and is past it: sessions, codes, applications that nobody let in and their own
// tokens, mutes, idempotency keys, events of the outbox, counted strangers, photos that no post shows. True
// when there may be more. What is erased did nothing any more.
bool erase_expired(store::Write& write);

}  // namespace hoopoe::app
