#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/actor.h"
#include "app/compose.h"
#include "app/moderate.h"
#include "domain/posting_rule.h"
#include "store/database.h"

// The operators' rules on new posts, and the posts that wait because of one.
namespace hoopoe::app {

// The strictest of the rules that the draft breaks, its photos as with_words() gives them; none for those who
// keep order here.
std::optional<PostingRule> broken_rule(store::Read& read, const Actor& actor, const Draft& draft);
// Refusal{invalid}, with the rule's own words where it has some.
[[noreturn]] void refuse_by(const PostingRule& rule);

// In the audit log in the same write. Refusal{invalid} for a rule that has a fault, or is one too many;
// {not_found} for one that is not there.
RuleId add_rule(store::Write& write, const PostingRule& rule, const Moderation& act);
void remove_rule(store::Write& write, RuleId id, const Moderation& act);
// What it goes by and does, in one line: "hold: words casino, cheap pills; links 1; age below 24 h".
std::string describe(const PostingRule& rule);

// What a rule would have done to the newest public posts.
struct Trial {
  int looked_at = 0;
  int caught = 0;
  std::vector<PostId> examples;  // the newest of them
};
// Refusal{invalid} for a rule that has a fault.
Trial try_rule(store::Read& read, const PostingRule& rule);

// Keeps it until a moderator has read it. The same words a second time are one. Refusal{too_many} when
// held_posts_max wait already.
void hold_post(store::Write& write, const Actor& actor, const Draft& draft);
// By its author: what is not theirs is not found.
void withdraw_post(store::Write& write, const Actor& actor, HeldPostId id);
// The author is told why. Refusal{not_found} for none.
void turn_down_post(store::Write& write, HeldPostId id, const Moderation& act);

}  // namespace hoopoe::app
