#include "store/blocks.h"

#include "store/page.h"
#include "store/subjects.h"

namespace hoopoe::store::blocks {

namespace {

void changes_between(Write& write, AccountId account, AccountId target) {
  write.changes(subjects::viewer(account));
  write.changes(subjects::viewer(target));
  write.changes(subjects::audiences);
}

}  // namespace

std::vector<AccountId> between(Read& read, AccountId account, const std::vector<AccountId>& others) {
  return read.values<AccountId>(
      "select target_id from blocks where account_id = $1 and target_id in {ids:$2} union all "
      "select account_id from blocks where target_id = $1 and account_id in {ids:$2}",
      account, others);
}

bool has(Read& read, AccountId account, AccountId target) {
  return read.exists("select 1 from blocks where account_id = $1 and target_id = $2", account, target);
}

bool exist_between(Read& read, AccountId one, AccountId other) {
  return !between(read, one, {other}).empty();
}

bool insert(Write& write, AccountId account, AccountId target) {
  changes_between(write, account, target);
  return write.execute(
             "insert into blocks (account_id, target_id, id) values ($1, $2, $3) on conflict do nothing",
             account, target, write.next_id<BlockId>()) == 1;
}

bool erase(Write& write, AccountId account, AccountId target) {
  changes_between(write, account, target);
  return write.execute("delete from blocks where account_id = $1 and target_id = $2", account, target) == 1;
}

void erase_of_account(Write& write, AccountId account) {
  for (const AccountId target :
       write.values<AccountId>("select target_id from blocks where account_id = $1", account)) {
    changes_between(write, account, target);
  }
  write.execute("delete from blocks where account_id = $1", account);
}

std::vector<AccountEntry> list(Read& read, AccountId account, const Page& page) {
  return page_of(read,
                 "select b.id, b.target_id from blocks b join accounts a on a.id = b.target_id "
                 "and a.suspended is null and a.deleted is null where b.account_id = $1 and ",
                 "b.id", page, to_account_entry, account);
}

}  // namespace hoopoe::store::blocks
