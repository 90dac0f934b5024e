#include "store/sessions.h"

#include "base/id_source.h"

namespace hoopoe::store::sessions {

namespace {

constexpr std::string_view select_session =
    "select id, person_id, account_id, created, address, user_agent from sessions ";

Session to_session(const Row& row) {
  return {.id = row.get<SessionId>(0),
          .person = row.get<PersonId>(1),
          .account = row.get<AccountId>(2),
          .created = row.get<Time>(3),
          .address = row.get<std::string>(4),
          .user_agent = row.get<std::string>(5)};
}

}  // namespace

std::optional<Session> find_by_token(Read& read, const crypto::Digest& token_hash) {
  const std::string sql = std::string(select_session) + "where token_hash = $1";
  return read.one(Sql::built(sql), to_session, token_hash);
}

bool exists(Read& read, SessionId id) { return read.exists("select 1 from sessions where id = $1", id); }

std::vector<Session> of_person(Read& read, PersonId person, Time after) {
  const std::string sql =
      std::string(select_session) + "where person_id = $1 and created > $2 order by id desc";
  return read.all(Sql::built(sql), to_session, person, after);
}

SessionId insert(Write& write, const Session& session, const crypto::Digest& token_hash) {
  const auto id = write.next_id<SessionId>();
  write.execute(
      "insert into sessions (id, token_hash, person_id, account_id, created, address, user_agent) "
      "values ($1, $2, $3, $4, $5, $6, $7)",
      id, token_hash, session.person, session.account, write.now(), session.address, session.user_agent);
  return id;
}

bool erase(Write& write, PersonId person, SessionId id) {
  return write.execute("delete from sessions where id = $1 and person_id = $2", id, person) == 1;
}

void erase_of_person_but(Write& write, PersonId person, SessionId kept) {
  write.execute("delete from sessions where person_id = $1 and id is distinct from $2", person, kept);
}

// Ids grow with time: the primary key is in the order of their beginning.
bool erase_before(Write& write, Time when, int limit) {
  return write.execute(
             "delete from sessions where id in (select id from sessions where id < $1 order by id limit $2)",
             first_id_at(when).value_or(0), limit) == limit;
}

void erase_of_person(Write& write, PersonId person) {
  write.execute("delete from sessions where person_id = $1", person);
}

void erase_of_member(Write& write, PersonId person, AccountId account) {
  write.execute("delete from sessions where person_id = $1 and account_id = $2", person, account);
}

}  // namespace hoopoe::store::sessions
