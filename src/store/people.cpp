#include "store/people.h"

#include <string>

#include "base/refusal.h"
#include "domain/handle.h"

namespace hoopoe::store::people {

namespace {

constexpr std::string_view select_person =
    "select p.id, p.email, p.password_hash, p.role, p.created, p.approved, p.reason from people p ";

Person to_person(const Row& row) {
  return {.id = row.get<PersonId>(0),
          .email = row.get<std::string>(1),
          .password_hash = row.get<std::string>(2),
          .role = row.get<Role>(3),
          .created = row.get<Time>(4),
          .approved = row.get<std::optional<Time>>(5),
          .reason = row.get<std::string>(6)};
}

template <class... Args>
std::optional<Person> select(Read& read, std::string_view condition, const Args&... args) {
  return read.one(Sql::built(std::string(select_person).append(condition)), to_person, args...);
}

}  // namespace

std::optional<Person> find(Read& read, PersonId id) { return select(read, "where p.id = $1", id); }

std::optional<Person> find_by_email(Read& read, std::string_view email) {
  return select(read, "where p.email_key = $1", handle_key(email));
}

std::optional<Person> find_owner(Read& read, AccountId account) {
  return select(read,
                "join account_members m on m.person_id = p.id "
                "where m.account_id = $1 and m.role = 'owner' order by m.person_id limit 1",
                account);
}

bool is_owner(Read& read, PersonId person, AccountId account) {
  return read.exists(
      "select 1 from account_members where person_id = $1 and account_id = $2 and role = 'owner'", person,
      account);
}

std::vector<PersonId> members(Read& read, AccountId account) {
  return read.values<PersonId>(
      "select person_id from account_members where account_id = $1 order by person_id", account);
}

std::vector<std::pair<AccountId, Person>> waiting(Read& read, PersonId after, int limit) {
  std::vector<std::pair<AccountId, Person>> found;
  for (const PersonId id :
       read.values<PersonId>("select id from people where approved is null and id > $1 order by id limit $2",
                             after.value, limit)) {
    const auto account = first_account(read, id);
    if (account) found.emplace_back(*account, *find(read, id));
  }
  return found;
}

std::optional<AccountId> first_account(Read& read, PersonId person) {
  return read.maybe<AccountId>(
      "select account_id from account_members where person_id = $1 order by account_id limit 1", person);
}

std::optional<Standing> standing(Read& read, PersonId person, AccountId account) {
  return read.one(
      "select p.approved is not null, exists "
      "(select 1 from account_members m where m.person_id = p.id and m.account_id = $2), exists "
      "(select 1 from accounts a where a.id = $2 and a.suspended is null and a.deleted is null) "
      "from people p where p.id = $1",
      [](const Row& row) {
        return Standing{.approved = row.get<bool>(0),
                        .is_member = row.get<bool>(1),
                        .account_is_shown = row.get<bool>(2)};
      },
      person, account);
}

PersonId insert(Write& write, const Person& person) {
  if (find_by_email(write, person.email)) {
    throw Refusal(RefusalKind::invalid, "Validation failed: E-mail has already been taken",
                  {{"email", "ERR_TAKEN", "has already been taken"}});
  }
  const auto id = write.next_id<PersonId>();
  write.execute(
      "insert into people (id, email, email_key, password_hash, role, created, approved, reason) "
      "values ($1, $2, $3, $4, $5, $6, $7, $8)",
      id, person.email, handle_key(person.email), person.password_hash, person.role, write.now(),
      person.approved, person.reason);
  return id;
}

void add_member(Write& write, PersonId person, AccountId account, std::string_view role) {
  write.execute("insert into account_members (person_id, account_id, role) values ($1, $2, $3)", person,
                account, role);
}

void set_password(Write& write, PersonId id, std::string_view password_hash) {
  write.execute("update people set password_hash = $2 where id = $1", id, password_hash);
}

void set_role(Write& write, PersonId id, Role role) {
  write.execute("update people set role = $2 where id = $1", id, role);
}

void approve(Write& write, PersonId id) {
  write.execute("update people set approved = $2 where id = $1 and approved is null", id, write.now());
}

void erase_members(Write& write, AccountId account) {
  for (const PersonId person : members(write, account)) {
    write.execute("delete from account_members where person_id = $1 and account_id = $2", person, account);
    if (!first_account(write, person)) write.execute("delete from people where id = $1", person);
  }
}

void insert_invite(Write& write, const crypto::Digest& code_hash, int uses) {
  write.execute("insert into invites (code_hash, created, uses_left) values ($1, $2, $3)", code_hash,
                write.now(), uses);
}

bool use_invite(Write& write, const crypto::Digest& code_hash) {
  const bool good =
      write.execute("update invites set uses_left = uses_left - 1 where code_hash = $1 and uses_left > 0",
                    code_hash) == 1;
  write.execute("delete from invites where code_hash = $1 and uses_left = 0", code_hash);
  return good;
}

}  // namespace hoopoe::store::people
