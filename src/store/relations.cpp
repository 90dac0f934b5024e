#include "store/relations.h"

#include <unordered_map>

namespace hoopoe::store {

std::vector<std::pair<AccountId, Relation>> relations(Read& read, AccountId account,
                                                      const std::vector<AccountId>& others) {
  std::unordered_map<AccountId, Relation> by_id;
  for (const Row& row : read.query("select target_id, reposts_shown, notifying from follows "
                                   "where follower_id = $1 and target_id in {ids:$2}",
                                   account, others)) {
    Relation& relation = by_id[row.get<AccountId>(0)];
    relation.following = true;
    relation.showing_reposts = row.get<bool>(1);
    relation.notifying = row.get<bool>(2);
  }
  for (const Row& row : read.query("select target_id, notifications_hidden, expires from mutes "
                                   "where account_id = $1 and target_id in {ids:$2} "
                                   "and (expires is null or expires > $3)",
                                   account, others, read.now())) {
    by_id[row.get<AccountId>(0)].mute = {.notifications_hidden = row.get<bool>(1),
                                         .expires = row.get<std::optional<Time>>(2)};
  }
  const auto mark = [&](bool Relation::* what, Sql sql) {
    for (const Row& row : read.query(sql, account, others)) by_id[row.get<AccountId>(0)].*what = true;
  };
  mark(&Relation::followed_by,
       "select follower_id from follows where target_id = $1 and follower_id in {ids:$2}");
  mark(&Relation::requested,
       "select target_id from follow_requests where follower_id = $1 and target_id in {ids:$2}");
  mark(&Relation::requested_by,
       "select follower_id from follow_requests where target_id = $1 and follower_id in {ids:$2}");
  mark(&Relation::blocking, "select target_id from blocks where account_id = $1 and target_id in {ids:$2}");
  mark(&Relation::blocked_by,
       "select account_id from blocks where target_id = $1 and account_id in {ids:$2}");
  std::vector<std::pair<AccountId, Relation>> relations;
  relations.reserve(others.size());
  for (const AccountId other : others) relations.emplace_back(other, by_id[other]);
  return relations;
}

}  // namespace hoopoe::store
