#pragma once

#include <string>
#include <string_view>

#include "domain/ids.h"
#include "store/database.h"

// What operators and moderators do. Each act is in the audit log in the same write, or neither is. Whoever
// calls has decided who may. Refusal{not_found} for a post or an account that is not there, {invalid} for
// what is so already.
namespace hoopoe::app {

struct Moderation {
  PersonId by;  // none: a command on the server itself
  std::string reason;
};

constexpr std::chrono::days takedown_undoable{30};

// Gone at once for everyone, as if deleted; its words are kept for restore_post() until takedown_undoable
// is over.
void take_down_post(store::Write& write, PostId id, const Moderation& act);
void restore_post(store::Write& write, PostId id, const Moderation& act);
// For good.
void delete_post(store::Write& write, PostId id, const Moderation& act);
// One slice of what was taken down too long ago to come back; true when there is more.
bool erase_old_takedowns(store::Write& write);
// The same of all that is an author's, whose account is erased.
bool erase_takedowns_of(store::Write& write, AccountId author);

// Left out of public timelines, the square's and the tags'.
void limit_account(store::Write& write, AccountId id, const Moderation& act);
void unlimit_account(store::Write& write, AccountId id, const Moderation& act);
// Hidden from every answer and stream, signed out everywhere, and able to come back.
void suspend_account(store::Write& write, AccountId id, const Moderation& act);
void unsuspend_account(store::Write& write, AccountId id, const Moderation& act);

// A whole address, or a domain with all below it: no account is opened with it. Refusal{invalid} for what is
// neither.
void block_email(store::Write& write, std::string_view pattern, const Moderation& act);
void unblock_email(store::Write& write, std::string_view pattern, const Moderation& act);

// An act that has no function of its own here, such as a change of role.
void record(store::Write& write, std::string_view what, AccountId account, const Moderation& act);

}  // namespace hoopoe::app
