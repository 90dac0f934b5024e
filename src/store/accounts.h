#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "domain/account.h"
#include "domain/post.h"
#include "store/database.h"

// Public identities: the tables accounts, account_fields and account_counts. Rows of the suspended and the
// deleted are given as they are; who may see them is the caller's to decide (Account::is_shown).
namespace hoopoe::store::accounts {

std::optional<Account> find(Read& read, AccountId id);
// In the order asked for, nullptr where there is none; shared with all who read them.
std::vector<std::shared_ptr<const Account>> find_shared(Read& read, const std::vector<AccountId>& ids);
// Those that exist, by their ids.
std::unordered_map<AccountId, Account> find_map(Read& read, const std::vector<AccountId>& ids);
// The same in the order asked for.
std::vector<Account> find_many(Read& read, const std::vector<AccountId>& ids);
// Without regard to case; an empty domain is this server.
std::optional<Account> find_by_handle(Read& read, std::string_view handle, std::string_view domain = "");
// Those of this server who have the handles and are shown, in the order of their ids.
std::vector<Mention> named(Read& read, const std::vector<std::string>& handles);
// Shown accounts whose handle starts with the text, in handle order.
std::vector<Account> search(Read& read, std::string_view text, int limit);
// All of this server, in the order they were made.
std::vector<Account> list(Read& read, AccountId after, int limit);

// The handle must be free: a second one throws Refusal{invalid} with the detail ERR_TAKEN.
AccountId insert(Write& write, std::string_view handle, std::string_view display_name);
// Writes all that a person may change of a profile.
void update_profile(Write& write, const Account& account);
// Saved since it was last looked at whether its page links back; none when all were.
struct FieldToCheck {
  AccountId account;
  std::int64_t position = 0;
  std::string value;
  std::string handle;
};
std::optional<FieldToCheck> field_to_check(Read& read);
// Nothing where another value was saved meanwhile.
void set_checked(Write& write, const FieldToCheck& field, bool is_verified);
void set_suspended(Write& write, AccountId id, std::optional<Time> when);
void set_limited(Write& write, AccountId id, std::optional<Time> when);
// Keeps the row and the handle; what it said of itself is erased. Its posts are erased in later writes, and
// until finish_erasure() it is among the unfinished.
void erase(Write& write, AccountId id);
std::vector<AccountId> unfinished_erasures(Read& read);
void finish_erasure(Write& write, AccountId id);

enum class Count { posts, followers, following };
void add_to_count(Write& write, AccountId id, Count count, int change);
// Counts a post for all to read, which is the newest.
void add_post(Write& write, AccountId id, Time when);

struct Totals {
  std::int64_t accounts = 0;
  std::int64_t posts = 0;
};
Totals totals(Read& read);

}  // namespace hoopoe::store::accounts
