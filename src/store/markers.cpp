#include "store/markers.h"

namespace hoopoe::store::markers {

std::optional<Marker> find(Read& read, AccountId account, std::string_view timeline) {
  return read.one(
      "select last_read, version, updated from markers where account_id = $1 and timeline = $2",
      [](const Row& row) {
        return Marker{.last_read = row.get<std::int64_t>(0),
                      .version = row.get<std::int64_t>(1),
                      .updated = row.get<Time>(2)};
      },
      account, timeline);
}

Marker set(Write& write, AccountId account, std::string_view timeline, std::int64_t last_read) {
  write.execute(
      "insert into markers (account_id, timeline, last_read, version, updated) values ($1, $2, $3, 1, $4) "
      "on conflict (account_id, timeline) do update set last_read = $3, version = markers.version + 1, "
      "updated = $4",
      account, timeline, last_read, write.now());
  return find(write, account, timeline).value();
}

void erase_of_account(Write& write, AccountId account) {
  write.execute("delete from markers where account_id = $1", account);
}

}  // namespace hoopoe::store::markers
