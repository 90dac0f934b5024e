#include "store/strikes.h"

#include "store/page.h"

namespace hoopoe::store::strikes {

namespace {

Strike to_strike(const Row& row) {
  return {.id = row.get<NotificationId>(0),
          .account = row.get<AccountId>(1),
          .kind = row.get<StrikeKind>(2),
          .post = row.get<PostId>(3),
          .words = row.get<std::string>(4)};
}

}  // namespace

std::vector<Strike> find_many(Read& read, AccountId account, const std::vector<NotificationId>& ids) {
  return read.all(
      "select id, account_id, kind, post_id, words from strikes where account_id = $1 and id in {ids:$2}",
      to_strike, account, ids);
}

std::vector<Strike> of_account(Read& read, AccountId account, const Page& page) {
  return page_of(read, "select id, account_id, kind, post_id, words from strikes where account_id = $1 and ",
                 "id", page, to_strike, account);
}

void insert(Write& write, const Strike& strike) {
  write.execute("insert into strikes (account_id, id, kind, post_id, words) values ($1, $2, $3, $4, $5)",
                strike.account, strike.id, strike.kind, strike.post, strike.words);
}

std::vector<NotificationId> erase(Write& write, AccountId account, StrikeKind kind, PostId post) {
  return write.values<NotificationId>(
      "delete from strikes where account_id = $1 and kind = $2 and post_id is not distinct from $3 "
      "returning id",
      account, kind, post);
}

void erase_of_account(Write& write, AccountId account) {
  write.execute("delete from strikes where account_id = $1", account);
}

}  // namespace hoopoe::store::strikes
