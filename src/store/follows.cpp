#include "store/follows.h"

#include "store/accounts.h"
#include "store/page.h"
#include "store/subjects.h"

namespace hoopoe::store::follows {

namespace {

void count_follow(Write& write, AccountId follower, AccountId target, int change) {
  write.changes(subjects::follows(follower));
  write.changes(subjects::audiences);
  accounts::add_to_count(write, follower, accounts::Count::following, change);
  accounts::add_to_count(write, target, accounts::Count::followers, change);
}

}  // namespace

bool exists(Read& read, AccountId follower, AccountId target) {
  return read.exists("select 1 from follows where follower_id = $1 and target_id = $2", follower, target);
}

std::vector<AccountId> followed_among(Read& read, AccountId account, const std::vector<AccountId>& authors) {
  return read.values<AccountId>(
      "select target_id from follows where follower_id = $1 and target_id in {ids:$2}", account, authors);
}

std::vector<Followed> all_of(Read& read, AccountId account) {
  return read.all(
      "select target_id, reposts_shown from follows where follower_id = $1",
      [](const Row& row) {
        return Followed{.account = row.get<AccountId>(0), .reposts_shown = row.get<bool>(1)};
      },
      account);
}

std::vector<AccountId> following_among(Read& read, const std::vector<AccountId>& accounts, AccountId target) {
  return read.values<AccountId>(
      "select follower_id from follows where follower_id in {ids:$1} and target_id = $2", accounts, target);
}

std::vector<AccountId> to_be_told(Read& read, AccountId target, int limit) {
  return read.values<AccountId>(
      "select follower_id from follows where target_id = $1 and notifying order by follower_id limit $2",
      target, limit);
}

std::vector<AccountEntry> followers(Read& read, AccountId target, const Page& page) {
  return page_of(read,
                 "select f.id, f.follower_id from follows f join accounts a on a.id = f.follower_id "
                 "and a.suspended is null and a.deleted is null where f.target_id = $1 and ",
                 "f.id", page, to_account_entry, target);
}

std::vector<AccountEntry> following(Read& read, AccountId follower, const Page& page) {
  return page_of(read,
                 "select f.id, f.target_id from follows f join accounts a on a.id = f.target_id "
                 "and a.suspended is null and a.deleted is null where f.follower_id = $1 and ",
                 "f.id", page, to_account_entry, follower);
}

std::vector<AccountEntry> requests(Read& read, AccountId target, const Page& page) {
  return page_of(read,
                 "select f.id, f.follower_id from follow_requests f join accounts a on a.id = f.follower_id "
                 "and a.suspended is null and a.deleted is null where f.target_id = $1 and ",
                 "f.id", page, to_account_entry, target);
}

std::vector<AccountEntry> requests_by(Read& read, AccountId follower, const Page& page) {
  return page_of(read,
                 "select f.id, f.target_id from follow_requests f join accounts a on a.id = f.target_id "
                 "and a.suspended is null and a.deleted is null where f.follower_id = $1 and ",
                 "f.target_id", page, to_account_entry, follower);
}

std::int64_t request_count(Read& read, AccountId target) {
  return read.value<std::int64_t>(
      "select count(*) from follow_requests f join accounts a on a.id = f.follower_id "
      "and a.suspended is null and a.deleted is null where f.target_id = $1",
      target);
}

bool insert(Write& write, AccountId follower, AccountId target, Choices choices) {
  if (exists(write, follower, target)) {
    write.execute(
        "update follows set reposts_shown = $3, notifying = $4 where follower_id = $1 and target_id = $2",
        follower, target, choices.reposts_shown, choices.notifying);
    write.changes(subjects::follows(follower));
    return false;
  }
  write.execute("delete from follow_requests where target_id = $1 and follower_id = $2", target, follower);
  write.execute(
      "insert into follows (follower_id, target_id, id, reposts_shown, notifying) values ($1, $2, $3, $4, "
      "$5)",
      follower, target, write.next_id<FollowId>(), choices.reposts_shown, choices.notifying);
  count_follow(write, follower, target, 1);
  return true;
}

bool erase(Write& write, AccountId follower, AccountId target) {
  write.execute("delete from follow_requests where target_id = $1 and follower_id = $2", target, follower);
  if (write.execute("delete from follows where follower_id = $1 and target_id = $2", follower, target) == 0) {
    return false;
  }
  count_follow(write, follower, target, -1);
  return true;
}

bool insert_request(Write& write, AccountId follower, AccountId target, Choices choices) {
  if (write.execute("update follow_requests set reposts_shown = $3, notifying = $4 "
                    "where target_id = $1 and follower_id = $2",
                    target, follower, choices.reposts_shown, choices.notifying) == 1) {
    return false;
  }
  write.execute(
      "insert into follow_requests (target_id, follower_id, id, reposts_shown, notifying) "
      "values ($1, $2, $3, $4, $5)",
      target, follower, write.next_id<FollowId>(), choices.reposts_shown, choices.notifying);
  return true;
}

std::optional<Choices> take_request(Write& write, AccountId follower, AccountId target) {
  const std::optional<Choices> choices = write.one(
      "select reposts_shown, notifying from follow_requests where target_id = $1 and follower_id = $2",
      [](const Row& row) {
        return Choices{.reposts_shown = row.get<bool>(0), .notifying = row.get<bool>(1)};
      },
      target, follower);
  write.execute("delete from follow_requests where target_id = $1 and follower_id = $2", target, follower);
  return choices;
}

void accept_requests(Write& write, AccountId target) {
  write.changes(subjects::audiences);
  for (const AccountId follower :
       write.values<AccountId>("select follower_id from follow_requests where target_id = $1", target)) {
    write.changes(subjects::follows(follower));
    write.changes(subjects::account(follower));
  }
  write.execute(
      "update account_counts set following = following + 1 where account_id in "
      "(select follower_id from follow_requests where target_id = $1)",
      target);
  const std::int64_t accepted = write.execute(
      "insert into follows (follower_id, target_id, id, reposts_shown, notifying) "
      "select follower_id, target_id, id, reposts_shown, notifying from follow_requests where target_id = $1",
      target);
  accounts::add_to_count(write, target, accounts::Count::followers, static_cast<int>(accepted));
  write.execute("delete from follow_requests where target_id = $1", target);
}

bool erase_of_account(Write& write, AccountId account, int limit) {
  const auto size = static_cast<std::size_t>(limit);
  bool more = false;
  for (const Sql list : {Sql("select target_id from follows where follower_id = $1 limit $2"),
                         Sql("select target_id from follow_requests where follower_id = $1 limit $2")}) {
    const auto targets = write.values<AccountId>(list, account, limit);
    for (const AccountId target : targets) erase(write, account, target);
    more = more || targets.size() == size;
  }
  for (const Sql list : {Sql("select follower_id from follows where target_id = $1 limit $2"),
                         Sql("select follower_id from follow_requests where target_id = $1 limit $2")}) {
    const auto followers = write.values<AccountId>(list, account, limit);
    for (const AccountId follower : followers) erase(write, follower, account);
    more = more || followers.size() == size;
  }
  return more;
}

}  // namespace hoopoe::store::follows
