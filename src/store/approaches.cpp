#include "store/approaches.h"

namespace hoopoe::store::approaches {

std::vector<Approach> of_person(Read& read, PersonId person, Time since) {
  return read.all(
      "select account_id, created from approaches where person_id = $1 and created > $2",
      [](const Row& row) { return Approach{.account = row.get<AccountId>(0), .created = row.get<Time>(1)}; },
      person, since);
}

void insert(Write& write, PersonId person, AccountId account) {
  write.execute(
      "insert into approaches (person_id, account_id, created) values ($1, $2, $3) "
      "on conflict (person_id, account_id) do update set created = $3",
      person, account, write.now());
}

bool erase_before(Write& write, Time when, int limit) {
  return write.execute(
             "delete from approaches where (person_id, account_id) in "
             "(select person_id, account_id from approaches where created <= $1 limit $2)",
             when, limit) == limit;
}

}  // namespace hoopoe::store::approaches
