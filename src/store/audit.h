#pragma once

#include <string>
#include <vector>

#include "domain/ids.h"
#include "domain/page.h"
#include "store/database.h"

// What operators and moderators did: the table audit. Nothing is ever changed or erased in it.
namespace hoopoe::store::audit {

struct Entry {
  AuditId id;
  PersonId person;  // none: a command on the server itself
  std::string act;  // "suspend", "take-down" ...
  AccountId account;
  PostId post;
  std::string words;  // the reason, or what it was changed to
  Time created;
};

// Id and time are given.
void insert(Write& write, const Entry& entry);
// Newest first.
std::vector<Entry> list(Read& read, const Page& page);
std::vector<Entry> about(Read& read, AccountId account, int limit);

}  // namespace hoopoe::store::audit
