#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "domain/posting_rule.h"
#include "store/database.h"

// Posts that wait for a moderator: the table held_posts.
namespace hoopoe::store::held_posts {

std::optional<HeldPost> find(Read& read, HeldPostId id);
// Oldest first, without those of the suspended, who are not published.
std::vector<HeldPost> list(Read& read, HeldPostId after, int limit);
std::vector<HeldPost> of_author(Read& read, AccountId author);

// Id and time are given.
HeldPostId insert(Write& write, const HeldPost& post);
// False when there is none.
bool erase(Write& write, HeldPostId id);
void erase_of_author(Write& write, AccountId author);

}  // namespace hoopoe::store::held_posts
