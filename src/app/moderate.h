#pragma once

#include <string>
#include <string_view>

#include "domain/ids.h"
#include "domain/person.h"
#include "domain/strike.h"
#include "store/database.h"

// What operators and moderators do. Each act is in the audit log in the same write, or neither is. Whoever
// calls has decided who may. Refusal{not_found} for a post or an account that is not there, {invalid} for
// what is so already.
namespace hoopoe::app {

// The person's role as of this very read. Refusal{not_found} unless it is that one or a greater: nobody else
// learns that there is such a page.
Role require_role(store::Read& read, PersonId person, Role role);
// The same, and Refusal{forbidden} for an account whose owner has the role of the moderator or a greater one.
void require_moderator_of(store::Read& read, PersonId person, AccountId account);

struct Moderation {
  PersonId by;         // none: a command on the server itself
  std::string reason;  // the author of a post, the warned and the limited are told it
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

// Words alone: Refusal{invalid} without any.
void warn_account(store::Write& write, AccountId id, const Moderation& act);
// Lets somebody in who asked to join.
void approve_account(store::Write& write, AccountId id, const Moderation& act);
// Ends the account of somebody who asked to join and was not let in.
void turn_away_account(store::Write& write, AccountId id, const Moderation& act);
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

// Refusal{not_found} when there is no such open report.
void close_report(store::Write& write, ReportId id, const Moderation& act);

// A notice to the account itself, with the words of the moderator.
void tell_of_act(store::Write& write, AccountId account, StrikeKind kind, PostId post, const Moderation& act);
// An act that has no function of its own here, such as a change of role.
void record(store::Write& write, std::string_view what, AccountId account, const Moderation& act);

}  // namespace hoopoe::app
