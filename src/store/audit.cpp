#include "store/audit.h"

#include "store/page.h"

namespace hoopoe::store::audit {

namespace {

constexpr std::string_view select_entry =
    "select id, person_id, act, account_id, post_id, words, created from audit ";

Entry to_entry(const Row& row) {
  return {.id = row.get<AuditId>(0),
          .person = row.get<PersonId>(1),
          .act = row.get<std::string>(2),
          .account = row.get<AccountId>(3),
          .post = row.get<PostId>(4),
          .words = row.get<std::string>(5),
          .created = row.get<Time>(6)};
}

}  // namespace

void insert(Write& write, const Entry& entry) {
  write.execute(
      "insert into audit (id, person_id, act, account_id, post_id, words, created) "
      "values ($1, $2, $3, $4, $5, $6, $7)",
      write.next_id<AuditId>(), entry.person, entry.act, entry.account, entry.post, entry.words, write.now());
}

std::vector<Entry> list(Read& read, const Page& page) {
  return page_of(read, std::string(select_entry) + "where ", "id", page, to_entry);
}

std::vector<Entry> about(Read& read, AccountId account, int limit) {
  return read.all(Sql::built(std::string(select_entry) + "where account_id = $1 order by id desc limit $2"),
                  to_entry, account, limit);
}

}  // namespace hoopoe::store::audit
