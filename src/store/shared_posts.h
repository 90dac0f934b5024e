#pragma once

#include <memory>
#include <vector>

#include "domain/shared_post.h"
#include "store/database.h"

// Posts with all that is the same for whoever reads them.
namespace hoopoe::store::shared_posts {

using Pointer = std::shared_ptr<const SharedPost>;  // with all who read it at the time

// In the order asked for, those that exist, tombstones included.
std::vector<Pointer> find(Read& read, const std::vector<PostId>& ids);
// Of a post that nobody has done anything with, or whose surroundings nobody asks for.
Pointer fresh(PostCard card, Account author);

}  // namespace hoopoe::store::shared_posts
