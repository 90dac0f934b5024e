#include "store/notifications.h"

#include "base/id_source.h"
#include "store/outbox.h"
#include "store/page.h"

namespace hoopoe::store::notifications {

namespace {

constexpr std::string_view select_notification =
    "select n.id, n.kind, n.from_id, n.post_id from notifications n ";

Notification to_notification(const Row& row) {
  const auto id = row.get<NotificationId>(0);
  return {.id = id,
          .kind = row.get<NotificationKind>(1),
          .from = row.get<AccountId>(2),
          .post = row.get<PostId>(3),
          .created = time_of_id(id.value)};
}

}  // namespace

std::optional<Notification> find(Read& read, AccountId account, NotificationId id) {
  const std::string sql = std::string(select_notification) + "where n.account_id = $1 and n.id = $2";
  return read.one(Sql::built(sql), to_notification, account, id);
}

std::vector<Notification> list(Read& read, AccountId account, const Wanted& wanted, const Page& page) {
  const std::string sql =
      std::string(select_notification) +
      "join accounts a on a.id = n.from_id and a.suspended is null and a.deleted is null "
      "where n.account_id = $1 and ($2 or n.kind in {ids:$3}) and ($4 is null or n.from_id = $4) and ";
  return page_of(read, sql, "n.id", page, to_notification, account, wanted.kinds.empty(), wanted.kinds,
                 wanted.from);
}

bool are_wanted(Read& read, AccountId account, AccountId from, PostId root) {
  return read.exists(
      "select 1 where not exists (select 1 from blocks where account_id = $1 and target_id = $2) "
      "and not exists (select 1 from blocks where account_id = $2 and target_id = $1) "
      "and not exists (select 1 from mutes where account_id = $1 and target_id = $2 "
      "and notifications_hidden and (expires is null or expires > $4)) "
      "and not exists (select 1 from conversation_mutes where account_id = $1 and root_id = $3)",
      account, from, root, read.now());
}

void tell(Write& write, AccountId account, NotificationKind kind, AccountId from, PostId post) {
  if (account == from) return;
  const bool is_there = write.exists(
      "select 1 from notifications where account_id = $1 and from_id = $2 and kind = $3 "
      "and post_id is not distinct from $4",
      account, from, kind, post);
  if (!is_there) insert(write, account, kind, from, post);
}

NotificationId insert(Write& write, AccountId account, NotificationKind kind, AccountId from, PostId post) {
  const auto id = write.next_id<NotificationId>();
  write.execute(
      "insert into notifications (account_id, id, kind, from_id, post_id) values ($1, $2, $3, $4, $5)",
      account, id, kind, from, post);
  outbox::append(write, EventKind::notified, account, post, id.value);
  return id;
}

bool dismiss(Write& write, AccountId account, NotificationId id) {
  return write.execute("delete from notifications where account_id = $1 and id = $2", account, id) == 1;
}

bool clear(Write& write, AccountId account, int limit) {
  return write.execute(
             "delete from notifications where account_id = $1 and id in "
             "(select id from notifications where account_id = $1 order by id limit $2)",
             account, limit) == limit;
}

void erase_kind(Write& write, AccountId account, NotificationKind kind) {
  write.execute("delete from notifications where account_id = $1 and kind = $2", account, kind);
}

void erase_cause(Write& write, AccountId account, NotificationKind kind, AccountId from, PostId post) {
  write.execute(
      "delete from notifications where account_id = $1 and from_id = $2 and kind = $3 "
      "and post_id is not distinct from $4",
      account, from, kind, post);
}

void erase_about(Write& write, const std::vector<AccountId>& accounts, PostId post) {
  write.execute("delete from notifications where account_id in {ids:$1} and post_id = $2", accounts, post);
}

}  // namespace hoopoe::store::notifications
