#include "store/outbox.h"

#include "base/id_source.h"

namespace hoopoe::store::outbox {

namespace {

Event to_event(const Row& row) {
  return {.id = row.get<EventId>(0),
          .kind = row.get<EventKind>(1),
          .account = row.get<AccountId>(2),
          .post = row.get<PostId>(3),
          .other = row.get<std::int64_t>(4),
          .created = row.get<Time>(5)};
}

}  // namespace

void append(Write& write, EventKind kind, AccountId account, PostId post, std::int64_t other) {
  write.execute(
      "insert into outbox (id, kind, account_id, post_id, other_id, created) values ($1, $2, $3, $4, $5, $6)",
      write.next_id<EventId>(), kind, account, post, other, write.now());
}

std::vector<Event> after(Read& read, EventId id, int limit) {
  return read.all(
      "select id, kind, account_id, post_id, other_id, created from outbox "
      "where id > $1 order by id limit $2",
      to_event, id.value, limit);
}

EventId newest(Read& read) { return read.value<EventId>("select max(id) from outbox"); }

EventId oldest(Read& read) { return read.value<EventId>("select min(id) from outbox"); }

bool erase_before(Write& write, Time when, int limit) {
  return write.execute(
             "delete from outbox where id in (select id from outbox where id < $1 "
             "and id < (select max(id) from outbox) order by id limit $2)",
             first_id_at(when).value_or(0), limit) == limit;
}

}  // namespace hoopoe::store::outbox
