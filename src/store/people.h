#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/hash.h"
#include "domain/person.h"
#include "store/database.h"

// Those who sign in, and what they may act as: the tables people, account_members and invites.
namespace hoopoe::store::people {

std::optional<Person> find(Read& read, PersonId id);
std::optional<Person> find_by_email(Read& read, std::string_view email);
// Who owns an account: the first of its owners.
std::optional<Person> find_owner(Read& read, AccountId account);
bool is_owner(Read& read, PersonId person, AccountId account);
// Everyone who may act as an account.
std::vector<PersonId> members(Read& read, AccountId account);
// Whom an operator has yet to let in, in the order they asked, with the account they asked for.
std::vector<std::pair<AccountId, Person>> waiting(Read& read, PersonId after, int limit);
// The account a person acts as when they name none: the first they were given.
std::optional<AccountId> first_account(Read& read, PersonId person);
struct Standing {
  bool approved = false;          // by an operator, or as everyone was
  bool is_member = false;         // of those who may act as the account
  bool account_is_shown = false;  // neither suspended nor deleted
};
// None: there is no such person.
std::optional<Standing> standing(Read& read, PersonId person, AccountId account);

// The e-mail must be free: a second one throws Refusal{invalid} with the detail ERR_TAKEN.
PersonId insert(Write& write, const Person& person);
void add_member(Write& write, PersonId person, AccountId account, std::string_view role);
void set_password(Write& write, PersonId id, std::string_view password_hash);
void set_role(Write& write, PersonId id, Role role);
void approve(Write& write, PersonId id);
// Nobody acts as the account any more. Who then acts as none is erased.
void erase_members(Write& write, AccountId account);

void insert_invite(Write& write, const crypto::Digest& code_hash, int uses);
// False when there is no such invitation. One that is used up is erased.
bool use_invite(Write& write, const crypto::Digest& code_hash);

}  // namespace hoopoe::store::people
