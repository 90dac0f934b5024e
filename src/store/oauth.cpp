#include "store/oauth.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "store/known.h"
#include "store/subjects.h"

namespace hoopoe::store::oauth {

namespace {

constexpr std::string_view select_client =
    "select id, name, website, redirect_uris, scopes, client_key, secret_hash, created, expires from "
    "clients ";
constexpr std::string_view select_token =
    "select id, client_id, person_id, account_id, scopes, created, expires from tokens ";

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// What the store holds was checked before it was written.
Scopes scopes_of(const Row& row, int column) {
  return Scopes::parse(row.get<std::string>(column)).value_or(Scopes{});
}

Client to_client(const Row& row) {
  return {.id = row.get<ClientId>(0),
          .name = row.get<std::string>(1),
          .website = row.get<std::string>(2),
          .redirect_uris = lines_of(row.get<std::string>(3)),
          .scopes = scopes_of(row, 4),
          .key = row.get<std::string>(5),
          .secret_hash = row.get<crypto::Digest>(6),
          .created = row.get<Time>(7),
          .expires = row.get<std::optional<Time>>(8)};
}

Token to_token(const Row& row) {
  return {.id = row.get<TokenId>(0),
          .client = row.get<ClientId>(1),
          .person = row.get<PersonId>(2),
          .account = row.get<AccountId>(3),
          .scopes = scopes_of(row, 4),
          .created = row.get<Time>(5),
          .expires = row.get<std::optional<Time>>(6)};
}

Code to_code(const Row& row) {
  return {.client = row.get<ClientId>(0),
          .person = row.get<PersonId>(1),
          .account = row.get<AccountId>(2),
          .redirect_uri = row.get<std::string>(3),
          .scopes = scopes_of(row, 4),
          .challenge = row.get<std::string>(5),
          .created = row.get<Time>(6),
          .token = row.get<TokenId>(7)};
}

template <class... Args>
std::vector<Client> select_clients(Read& read, std::string_view condition, const Args&... args) {
  return read.all(Sql::built(std::string(select_client).append(condition)), to_client, args...);
}

template <class... Args>
std::vector<Token> select_tokens(Read& read, std::string_view condition, const Args&... args) {
  return read.all(Sql::built(std::string(select_token).append(condition)), to_token, args...);
}

template <class Value>
std::optional<Value> first_of(std::vector<Value> values) {
  if (values.empty()) return std::nullopt;
  return std::move(values.front());
}

}  // namespace

std::optional<Client> find_client(Read& read, ClientId id) {
  return first_of(select_clients(read, "where id = $1", id));
}

std::optional<Client> find_client_by_key(Read& read, std::string_view key) {
  return first_of(select_clients(read, "where client_key = $1", key));
}

std::vector<Client> find_clients(Read& read, const std::vector<ClientId>& ids) {
  return select_clients(read, "where id in {ids:$1}", ids);
}

ClientId insert_client(Write& write, const Client& client) {
  const auto id = write.next_id<ClientId>();
  write.execute(
      "insert into clients (id, name, website, redirect_uris, scopes, client_key, secret_hash, created, "
      "expires) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      id, client.name, client.website, fmt::format("{}", fmt::join(client.redirect_uris, "\n")),
      client.scopes.str(), client.key, client.secret_hash, write.now(), client.expires);
  return id;
}

bool keep_client(Write& write, ClientId id) {
  return write.execute("update clients set expires = null where id = $1", id) == 1;
}

void extend_client(Write& write, ClientId id, Time until) {
  write.execute("update clients set expires = $2 where id = $1 and expires < $2", id, until);
}

bool erase_expired_clients(Write& write, int limit) {
  return write.execute(
             "delete from clients where id in (select id from clients where expires <= $1 limit $2)",
             write.now(), limit) == limit;
}

std::optional<Code> find_code(Read& read, const crypto::Digest& code_hash) {
  return read.one(
      "select client_id, person_id, account_id, redirect_uri, scopes, challenge, created, token_id from "
      "codes "
      "where code_hash = $1",
      to_code, code_hash);
}

void insert_code(Write& write, const Code& code, const crypto::Digest& code_hash) {
  write.execute(
      "insert into codes (code_hash, client_id, person_id, account_id, redirect_uri, scopes, challenge, "
      "created) "
      "values ($1, $2, $3, $4, $5, $6, $7, $8)",
      code_hash, code.client, code.person, code.account, code.redirect_uri, code.scopes.str(), code.challenge,
      write.now());
}

void set_code_used(Write& write, const crypto::Digest& code_hash, TokenId token) {
  write.execute("update codes set token_id = $2 where code_hash = $1", code_hash, token);
}

bool erase_codes_before(Write& write, Time when, int limit) {
  return write.execute(
             "delete from codes where code_hash in (select code_hash from codes where created < $1 limit $2)",
             when, limit) == limit;
}

std::optional<Token> find_token(Read& read, const crypto::Digest& token_hash) {
  const auto found = recall_one(
      read, &Known::tokens, token_hash,
      [](const sql::LastChanges& changes, const Token& token) {
        return std::max(changes.of(subjects::token(token.id)), changes.of(subjects::tokens(token.person)));
      },
      [&] { return first_of(select_tokens(read, "where token_hash = $1", token_hash)); });
  return found ? std::optional(*found) : std::nullopt;
}

bool token_exists(Read& read, TokenId id) { return read.exists("select 1 from tokens where id = $1", id); }

TokenId insert_token(Write& write, const Token& token, const crypto::Digest& token_hash) {
  const auto id = write.next_id<TokenId>();
  write.execute(
      "insert into tokens (id, token_hash, client_id, person_id, account_id, scopes, created, expires) "
      "values ($1, $2, $3, $4, $5, $6, $7, $8)",
      id, token_hash, token.client, token.person, token.account, token.scopes.str(), write.now(),
      token.expires);
  return id;
}

void erase_token(Write& write, TokenId id) {
  write.execute("delete from tokens where id = $1", id);
  write.changes(subjects::token(id));
}

std::optional<Time> expiry_of_token(Read& read, TokenId id) {
  return read.maybe<std::optional<Time>>("select expires from tokens where id = $1", id)
      .value_or(std::nullopt);
}

void extend_token(Write& write, TokenId id, Time until) {
  write.changes(subjects::token(id));
  write.execute("update tokens set expires = $2 where id = $1 and expires < $2", id, until);
}

bool erase_expired_tokens(Write& write, int limit) {
  return write.execute("delete from tokens where id in (select id from tokens where expires <= $1 limit $2)",
                       write.now(), limit) == limit;
}

std::vector<Grant> grants(Read& read, PersonId person, AccountId account) {
  return read.all(
      "select client_id, min(created) from tokens where person_id = $1 and account_id = $2 "
      "group by client_id order by min(id)",
      [](const Row& row) { return Grant{.client = row.get<ClientId>(0), .since = row.get<Time>(1)}; }, person,
      account);
}

void erase_tokens_of_grant(Write& write, PersonId person, AccountId account, ClientId client) {
  write.execute("delete from codes where person_id = $1 and account_id = $2 and client_id = $3", person,
                account, client);
  write.execute("delete from tokens where person_id = $1 and account_id = $2 and client_id = $3", person,
                account, client);
  write.changes(subjects::tokens(person));
}

void erase_tokens_of_person(Write& write, PersonId person) {
  write.execute("delete from codes where person_id = $1", person);
  write.execute("delete from tokens where person_id = $1", person);
  write.changes(subjects::tokens(person));
}

void erase_tokens_of_member(Write& write, PersonId person, AccountId account) {
  write.execute("delete from codes where person_id = $1 and account_id = $2", person, account);
  write.execute("delete from tokens where person_id = $1 and account_id = $2", person, account);
  write.changes(subjects::tokens(person));
}

}  // namespace hoopoe::store::oauth
