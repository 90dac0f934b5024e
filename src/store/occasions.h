#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "domain/occasion.h"
#include "domain/post.h"
#include "store/database.h"

// Live events: the tables occasions and occasion_speakers.
namespace hoopoe::store::occasions {

// Of posts that are there; of accounts that are not shown as well.
std::unordered_map<PostId, Occasion> find_map(Read& read, const std::vector<PostId>& summaries);
std::optional<Occasion> find(Read& read, PostId summary);
// Of the summaries, those to whose events the post belongs: said by a speaker after it and before the end.
// Whether the post is one for all to read is the caller's to know.
std::vector<PostId> joined(Read& read, const std::vector<PostId>& summaries, const Post& post);

// Takes the place of what there was.
void save(Write& write, const Occasion& occasion);
void erase(Write& write, PostId summary);

}  // namespace hoopoe::store::occasions
