#pragma once

#include "domain/ids.h"
#include "store/database.h"

namespace hoopoe::app {

// Turns a post into a tombstone, undoes its reposts and what people were told of it, and tells the live
// readers. Nothing happens when it is one already, or no post. Whoever calls has decided who may.
void erase_post(store::Write& write, PostId id);

}  // namespace hoopoe::app
