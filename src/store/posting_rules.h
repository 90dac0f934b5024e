#pragma once

#include <vector>

#include "domain/posting_rule.h"
#include "store/database.h"

// What operators ask of new posts: the table posting_rules.
namespace hoopoe::store::posting_rules {

// Oldest first.
std::vector<PostingRule> list(Read& read);
RuleId insert(Write& write, const PostingRule& rule);
// False when there is none.
bool erase(Write& write, RuleId id);

}  // namespace hoopoe::store::posting_rules
