#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/ids.h"
#include "store/database.h"

// Posts that were taken down and may still come back: the table takedowns.
namespace hoopoe::store::takedowns {

struct Takedown {
  PostId post;
  AccountId author;
  std::string reason;
  Time created;
};

std::optional<Takedown> find(Read& read, PostId post);
// Oldest first.
std::vector<PostId> before(Read& read, Time when, int limit);
std::vector<PostId> of_author(Read& read, AccountId author, int limit);

// Requires: it is not taken down yet.
void insert(Write& write, PostId post, AccountId author, std::string_view reason);
void erase(Write& write, PostId post);

}  // namespace hoopoe::store::takedowns
