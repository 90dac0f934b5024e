#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/hash.h"
#include "domain/ids.h"
#include "store/database.h"

// Browsers that are signed in: the table sessions. Keys are kept as SHA-256 alone.
namespace hoopoe::store::sessions {

struct Session {
  SessionId id;
  PersonId person;
  AccountId account;
  Time created;
  std::string address;
  std::string user_agent;
};

std::optional<Session> find_by_token(Read& read, const crypto::Digest& token_hash);
bool exists(Read& read, SessionId id);
// Those begun after a time, newest first.
std::vector<Session> of_person(Read& read, PersonId person, Time after);

SessionId insert(Write& write, const Session& session, const crypto::Digest& token_hash);
// Only the person's own; false when there is no such session.
bool erase(Write& write, PersonId person, SessionId id);
void erase_of_person(Write& write, PersonId person);
void erase_of_member(Write& write, PersonId person, AccountId account);
void erase_of_person_but(Write& write, PersonId person, SessionId kept);
// At most so many, the oldest; true when there is more.
bool erase_before(Write& write, Time when, int limit);

}  // namespace hoopoe::store::sessions
