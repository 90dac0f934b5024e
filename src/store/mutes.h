#pragma once

#include <optional>
#include <vector>

#include "domain/account.h"
#include "domain/ids.h"
#include "domain/page.h"
#include "store/account_entry.h"
#include "store/database.h"

// Who has muted whom: the table mutes. One that has expired is none. And what conversations somebody hears no
// more of: the table conversation_mutes, by the post that each begins with.
namespace hoopoe::store::mutes {

// Those of the others that the account has muted; of the accounts, those that have muted one of the authors.
std::vector<AccountId> muted_among(Read& read, AccountId account, const std::vector<AccountId>& others);
std::vector<AccountId> muting_among(Read& read, const std::vector<AccountId>& accounts,
                                    const std::vector<AccountId>& authors);
// Those of the others whose notifications the account does not want.
std::vector<AccountId> silenced_among(Read& read, AccountId account, const std::vector<AccountId>& others);

// Again, only what is asked for changes.
void insert(Write& write, AccountId account, AccountId target, const Mute& mute);
// When the first of the account's mutes ends by itself.
std::optional<Time> next_end(Read& read, AccountId account);
void erase(Write& write, AccountId account, AccountId target);
void erase_of_account(Write& write, AccountId account);
// At most so many; true when there is more.
bool erase_expired(Write& write, int limit);

// Shown accounts that the account has muted, newest first.
std::vector<AccountEntry> list(Read& read, AccountId account, const Page& page);

// Those of the conversations that the account has muted.
std::vector<PostId> muted_conversations_among(Read& read, AccountId account,
                                              const std::vector<PostId>& roots);
// The posts that those conversations begin with, the newest first.
std::vector<PostId> conversations(Read& read, AccountId account, const Page& page);
void insert_conversation(Write& write, AccountId account, PostId root);
void erase_conversation(Write& write, AccountId account, PostId root);

}  // namespace hoopoe::store::mutes
