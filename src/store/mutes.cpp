#include "store/mutes.h"

#include "store/page.h"
#include "store/subjects.h"

namespace hoopoe::store::mutes {

std::vector<AccountId> muted_among(Read& read, AccountId account, const std::vector<AccountId>& others) {
  return read.values<AccountId>(
      "select target_id from mutes where account_id = $1 and target_id in {ids:$2} "
      "and (expires is null or expires > $3)",
      account, others, read.now());
}

std::vector<AccountId> muting_among(Read& read, const std::vector<AccountId>& accounts,
                                    const std::vector<AccountId>& authors) {
  return read.values<AccountId>(
      "select account_id from mutes where account_id in {ids:$1} and target_id in {ids:$2} "
      "and (expires is null or expires > $3)",
      accounts, authors, read.now());
}

std::vector<AccountId> silenced_among(Read& read, AccountId account, const std::vector<AccountId>& others) {
  return read.values<AccountId>(
      "select target_id from mutes where account_id = $1 and target_id in {ids:$2} "
      "and notifications_hidden and (expires is null or expires > $3)",
      account, others, read.now());
}

std::optional<Time> next_end(Read& read, AccountId account) {
  return read.value<std::optional<Time>>(
      "select min(expires) from mutes where account_id = $1 and expires > $2", account, read.now());
}

void insert(Write& write, AccountId account, AccountId target, const Mute& mute) {
  write.changes(subjects::viewer(account));
  write.execute(
      "insert into mutes (account_id, target_id, id, notifications_hidden, expires) values ($1, $2, $3, $4, "
      "$5) "
      "on conflict (account_id, target_id) do update set notifications_hidden = $4, expires = $5",
      account, target, write.next_id<MuteId>(), mute.notifications_hidden, mute.expires);
}

void erase(Write& write, AccountId account, AccountId target) {
  write.changes(subjects::viewer(account));
  write.execute("delete from mutes where account_id = $1 and target_id = $2", account, target);
}

void erase_of_account(Write& write, AccountId account) {
  write.changes(subjects::viewer(account));
  write.execute("delete from mutes where account_id = $1", account);
  write.execute("delete from conversation_mutes where account_id = $1", account);
}

// They ended by themselves: no subject changes.
bool erase_expired(Write& write, int limit) {
  return write.execute(
             "delete from mutes where (account_id, target_id) in "
             "(select account_id, target_id from mutes where expires <= $1 limit $2)",
             write.now(), limit) == limit;
}

std::vector<AccountEntry> list(Read& read, AccountId account, const Page& page) {
  return page_of(read,
                 "select m.id, m.target_id from mutes m join accounts a on a.id = m.target_id "
                 "and a.suspended is null and a.deleted is null "
                 "where m.account_id = $1 and (m.expires is null or m.expires > $2) and ",
                 "m.id", page, to_account_entry, account, read.now());
}

std::vector<PostId> muted_conversations_among(Read& read, AccountId account,
                                              const std::vector<PostId>& roots) {
  return read.values<PostId>(
      "select root_id from conversation_mutes where account_id = $1 and root_id in {ids:$2}", account, roots);
}

std::vector<PostId> conversations(Read& read, AccountId account, const Page& page) {
  return page_of(read, "select root_id from conversation_mutes where account_id = $1 and ", "root_id", page,
                 id_of<PostId>, account);
}

void insert_conversation(Write& write, AccountId account, PostId root) {
  write.changes(subjects::viewer(account));
  write.execute("insert into conversation_mutes (account_id, root_id) values ($1, $2) on conflict do nothing",
                account, root);
}

void erase_conversation(Write& write, AccountId account, PostId root) {
  write.changes(subjects::viewer(account));
  write.execute("delete from conversation_mutes where account_id = $1 and root_id = $2", account, root);
}

}  // namespace hoopoe::store::mutes
