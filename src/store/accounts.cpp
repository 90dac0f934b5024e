#include "store/accounts.h"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "base/refusal.h"
#include "domain/handle.h"
#include "store/known.h"
#include "store/subjects.h"

namespace hoopoe::store::accounts {

namespace {

constexpr std::string_view select_account =
    "select a.id, a.handle, coalesce(a.domain, ''), a.display_name, a.bio, a.locked, a.bot, a.discoverable, "
    "a.default_visibility, a.default_sensitive, a.default_language, a.created, a.suspended, a.deleted, "
    "coalesce(c.posts, 0), coalesce(c.followers, 0), coalesce(c.following, 0), c.last_post, "
    "a.limited "
    "from accounts a left join account_counts c on c.account_id = a.id ";

Account to_account(const Row& row) {
  return {.id = row.get<AccountId>(0),
          .handle = row.get<std::string>(1),
          .domain = row.get<std::string>(2),
          .display_name = row.get<std::string>(3),
          .bio = row.get<std::string>(4),
          .fields = {},
          .locked = row.get<bool>(5),
          .bot = row.get<bool>(6),
          .discoverable = row.get<bool>(7),
          .default_visibility = row.get<Visibility>(8),
          .default_sensitive = row.get<bool>(9),
          .default_language = row.get<std::string>(10),
          .created = row.get<Time>(11),
          .suspended = row.get<std::optional<Time>>(12),
          .deleted = row.get<std::optional<Time>>(13),
          .limited = row.get<std::optional<Time>>(18),
          .counts = {.posts = row.get<std::int64_t>(14),
                     .followers = row.get<std::int64_t>(15),
                     .following = row.get<std::int64_t>(16),
                     .last_post = row.get<std::optional<Time>>(17)}};
}

void add_fields(Read& read, std::vector<Account>& accounts) {
  std::vector<AccountId> ids;
  std::unordered_map<AccountId, Account*> by_id;
  for (Account& account : accounts) {
    ids.push_back(account.id);
    by_id.emplace(account.id, &account);
  }
  for (const Row& row : read.query("select account_id, name, value, verified from account_fields "
                                   "where account_id in {ids:$1} order by account_id, position",
                                   ids)) {
    by_id.at(row.get<AccountId>(0))
        ->fields.push_back({.name = row.get<std::string>(1),
                            .value = row.get<std::string>(2),
                            .verified = row.get<std::optional<Time>>(3)});
  }
}

template <class... Args>
std::vector<Account> select(Read& read, std::string_view condition, const Args&... args) {
  std::vector<Account> accounts =
      read.all(Sql::built(std::string(select_account).append(condition)), to_account, args...);
  if (!accounts.empty()) add_fields(read, accounts);
  return accounts;
}

std::optional<Account> first_of(std::vector<Account> accounts) {
  if (accounts.empty()) return std::nullopt;
  return std::move(accounts.front());
}

void shows_or_hides(Write& write, AccountId id) {
  write.changes(subjects::account(id));
  write.changes(subjects::shown_accounts);
  write.changes(subjects::audiences);
}

// The first key that does not start with the prefix: the end of its range in an index.
std::string after_prefix(const std::string& prefix) { return prefix + "\U0010FFFF"; }

}  // namespace

std::vector<std::shared_ptr<const Account>> find_shared(Read& read, const std::vector<AccountId>& ids) {
  return recall(
      read, &Known::accounts, ids,
      [](const sql::LastChanges& changes, const Account& account) {
        return changes.of(subjects::account(account.id));
      },
      [&](const std::vector<AccountId>& missing) {
        std::vector<std::pair<AccountId, Account>> loaded;
        for (Account& account : select(read, "where a.id in {ids:$1}", missing)) {
          loaded.emplace_back(account.id, std::move(account));
        }
        return loaded;
      });
}

std::optional<Account> find(Read& read, AccountId id) {
  const auto found = find_shared(read, {id}).front();
  return found ? std::optional(*found) : std::nullopt;
}

std::unordered_map<AccountId, Account> find_map(Read& read, const std::vector<AccountId>& ids) {
  std::unordered_map<AccountId, Account> found;
  for (const auto& account : find_shared(read, ids)) {
    if (account) found.emplace(account->id, *account);
  }
  return found;
}

std::vector<Account> find_many(Read& read, const std::vector<AccountId>& ids) {
  std::vector<Account> accounts;
  for (const auto& account : find_shared(read, ids)) {
    if (account) accounts.push_back(*account);
  }
  return accounts;
}

std::optional<Account> find_by_handle(Read& read, std::string_view handle, std::string_view domain) {
  return first_of(
      select(read, "where a.handle_key = $1 and coalesce(a.domain, '') = $2", handle_key(handle), domain));
}

std::vector<Mention> named(Read& read, const std::vector<std::string>& handles) {
  std::vector<std::string> keys;
  keys.reserve(handles.size());
  for (const std::string& handle : handles) keys.push_back(handle_key(handle));
  std::vector<Mention> mentions = read.all(
      "select id, handle from accounts where handle_key in {texts:$1} and coalesce(domain, '') = '' "
      "and suspended is null and deleted is null",
      [](const Row& row) {
        return Mention{.account = row.get<AccountId>(0), .handle = row.get<std::string>(1), .domain = ""};
      },
      keys);
  std::ranges::sort(mentions, {}, &Mention::account);
  return mentions;
}

std::vector<Account> search(Read& read, std::string_view text, int limit) {
  const std::string prefix = handle_key(text);
  return select(
      read,
      "where a.handle_key >= $1 and a.handle_key < $2 and a.suspended is null and a.deleted is null "
      "order by a.handle_key limit $3",
      prefix, after_prefix(prefix), limit);
}

std::vector<Account> list(Read& read, AccountId after, int limit) {
  return select(read, "where a.id > $1 and a.domain is null order by a.id limit $2", after.value, limit);
}

AccountId insert(Write& write, std::string_view handle, std::string_view display_name) {
  if (find_by_handle(write, handle)) {
    throw Refusal(RefusalKind::invalid, "Validation failed: Username has already been taken",
                  {{"username", "ERR_TAKEN", "has already been taken"}});
  }
  const auto id = write.next_id<AccountId>();
  write.execute(
      "insert into accounts (id, handle, handle_key, display_name, created) values ($1, $2, $3, $4, $5)", id,
      handle, handle_key(handle), display_name, write.now());
  write.execute("insert into account_counts (account_id) values ($1)", id);
  write.execute("update totals set accounts = accounts + 1");
  return id;
}

void update_profile(Write& write, const Account& account) {
  write.execute(
      "update accounts set display_name = $2, bio = $3, locked = $4, bot = $5, discoverable = $6, "
      "default_visibility = $7, default_sensitive = $8, default_language = $9 where id = $1",
      account.id, account.display_name, account.bio, account.locked, account.bot, account.discoverable,
      account.default_visibility, account.default_sensitive, account.default_language);
  write.changes(subjects::account(account.id));
  write.execute("delete from account_fields where account_id = $1", account.id);
  for (std::size_t i = 0; i < account.fields.size(); ++i) {
    const ProfileField& field = account.fields[i];
    write.execute(
        "insert into account_fields (account_id, position, name, value, checked, verified) "
        "values ($1, $2, $3, $4, $5, $6)",
        account.id, static_cast<std::int64_t>(i), field.name, field.value, field.verified.has_value(),
        field.verified);
  }
}

std::optional<FieldToCheck> field_to_check(Read& read) {
  return read.one(
      "select f.account_id, f.position, f.value, a.handle from account_fields f "
      "join accounts a on a.id = f.account_id where not f.checked order by f.account_id, f.position limit 1",
      [](const Row& row) {
        return FieldToCheck{.account = row.get<AccountId>(0),
                            .position = row.get<std::int64_t>(1),
                            .value = row.get<std::string>(2),
                            .handle = row.get<std::string>(3)};
      });
}

void set_checked(Write& write, const FieldToCheck& field, bool is_verified) {
  write.execute(
      "update account_fields set checked = true, verified = $4 "
      "where account_id = $1 and position = $2 and value = $3 and not checked",
      field.account, field.position, field.value, is_verified ? std::optional(write.now()) : std::nullopt);
  write.changes(subjects::account(field.account));
}

void set_limited(Write& write, AccountId id, std::optional<Time> when) {
  write.execute("update accounts set limited = $2 where id = $1", id, when);
  write.changes(subjects::account(id));
}

void set_suspended(Write& write, AccountId id, std::optional<Time> when) {
  write.execute("update accounts set suspended = $2 where id = $1", id, when);
  shows_or_hides(write, id);
}

void erase(Write& write, AccountId id) {
  update_profile(write, Account{.id = id});
  write.execute("update accounts set deleted = $2 where id = $1", id, write.now());
  shows_or_hides(write, id);
  write.execute("update totals set accounts = accounts - 1");
  write.execute("insert into erasures (account_id) values ($1)", id);
}

std::vector<AccountId> unfinished_erasures(Read& read) {
  return read.values<AccountId>("select account_id from erasures");
}

void finish_erasure(Write& write, AccountId id) {
  write.execute("delete from erasures where account_id = $1", id);
}

void add_to_count(Write& write, AccountId id, Count count, int change) {
  const std::string_view column = count == Count::posts       ? "posts"
                                  : count == Count::followers ? "followers"
                                                              : "following";
  const std::string sql =
      fmt::format("update account_counts set {0} = {0} + $2 where account_id = $1", column);
  write.execute(Sql::built(sql), id, change);
  write.changes(subjects::account(id));
  if (count == Count::posts) write.execute("update totals set posts = posts + $1", change);
}

void add_post(Write& write, AccountId id, Time when) {
  write.execute("update account_counts set posts = posts + 1, last_post = $2 where account_id = $1", id,
                when);
  write.execute("update totals set posts = posts + 1");
  write.changes(subjects::account(id));
}

Totals totals(Read& read) {
  const auto totals = read.one("select accounts, posts from totals", [](const Row& row) {
    return Totals{.accounts = row.get<std::int64_t>(0), .posts = row.get<std::int64_t>(1)};
  });
  return totals.value_or(Totals{});
}

}  // namespace hoopoe::store::accounts
