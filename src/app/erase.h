#pragma once

#include "domain/ids.h"
#include "store/database.h"

namespace hoopoe::app {

// Turns a post into a tombstone, undoes its reposts and what people were told of it, and tells the live
// readers. What is more than a write may do at once is left to finish_post_erasures(); nobody sees it.
// Nothing happens when it is one already, or no post. Whoever calls has decided who may.
void erase_post(store::Write& write, PostId id);

// One slice of what erase_post() left of posts that many had reposted or favourited; true when there is more.
bool finish_post_erasures(store::Write& write);

}  // namespace hoopoe::app
