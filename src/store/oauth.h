#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/hash.h"
#include "domain/ids.h"
#include "domain/scopes.h"
#include "store/database.h"

// OAuth 2: the tables clients, codes and tokens. Secrets, codes and tokens are kept as SHA-256 alone.
namespace hoopoe::store::oauth {

struct Client {
  ClientId id;
  std::string name;
  std::string website;
  std::vector<std::string> redirect_uris;
  Scopes scopes;
  std::string key;  // client_id on the wire
  crypto::Digest secret_hash{};
  Time created;
  std::optional<Time> expires = std::nullopt;  // never, once somebody has let it in
};

// An authorization code, not yet exchanged.
struct Code {
  ClientId client;
  PersonId person;
  AccountId account;
  std::string redirect_uri;
  Scopes scopes;
  std::string challenge;  // PKCE S256, or empty
  Time created;
  TokenId token;  // what it was exchanged for, none yet
};

struct Token {
  TokenId id;
  ClientId client;
  PersonId person;    // none for an application's own token
  AccountId account;  // likewise
  Scopes scopes;
  Time created;
  std::optional<Time> expires = std::nullopt;  // of an application's own alone
};

std::optional<Client> find_client(Read& read, ClientId id);
std::optional<Client> find_client_by_key(Read& read, std::string_view key);
std::vector<Client> find_clients(Read& read, const std::vector<ClientId>& ids);
ClientId insert_client(Write& write, const Client& client);
// From now on it has no end. False when there is no such client.
bool keep_client(Write& write, ClientId id);
// At most so many; true when there is more. Requires: their tokens are erased, which end no later.
bool erase_expired_clients(Write& write, int limit);

std::optional<Code> find_code(Read& read, const crypto::Digest& code_hash);
void insert_code(Write& write, const Code& code, const crypto::Digest& code_hash);
void set_code_used(Write& write, const crypto::Digest& code_hash, TokenId token);
// At most so many; true when there is more.
bool erase_codes_before(Write& write, Time when, int limit);

std::optional<Token> find_token(Read& read, const crypto::Digest& token_hash);
bool token_exists(Read& read, TokenId id);
TokenId insert_token(Write& write, const Token& token, const crypto::Digest& token_hash);
void erase_token(Write& write, TokenId id);
// When an application's own token ends.
std::optional<Time> expiry_of_token(Read& read, TokenId id);
// It ends no sooner than that, if it has an end at all.
void extend_token(Write& write, TokenId id, Time until);
void extend_client(Write& write, ClientId id, Time until);
// At most so many; true when there is more.
bool erase_expired_tokens(Write& write, int limit);
// Those whose tokens a person has given out for an account, with the first that each still holds.
struct Grant {
  ClientId client;
  Time since;
};
std::vector<Grant> grants(Read& read, PersonId person, AccountId account);
// With the codes that are not yet exchanged for one.
void erase_tokens_of_grant(Write& write, PersonId person, AccountId account, ClientId client);
// With the codes that are not yet exchanged for one.
void erase_tokens_of_person(Write& write, PersonId person);
void erase_tokens_of_member(Write& write, PersonId person, AccountId account);

}  // namespace hoopoe::store::oauth
