#pragma once

#include <cstdint>

#include "domain/ids.h"
#include "store/database.h"

namespace hoopoe::store {

// One line of a list of posts in an order of its own, such as that of bookmarking: the post, and the id that
// the line stands at in the list, which is what pages start from.
struct PostEntry {
  std::int64_t id;
  PostId post;
};

// Of a row (id, post).
inline PostEntry to_post_entry(const Row& row) {
  return {.id = row.get<std::int64_t>(0), .post = row.get<PostId>(1)};
}

}  // namespace hoopoe::store
