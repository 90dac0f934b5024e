#include "app/oauth.h"

#include <algorithm>

#include "app/live.h"
#include "app/standing.h"
#include "crypto/hash.h"
#include "crypto/password.h"
#include "store/accounts.h"

namespace hoopoe::app {

namespace {

constexpr std::size_t secret_bytes = 32;
constexpr std::size_t challenge_characters = 43;   // SHA-256 as base64url; RFC 7636, 4.2
constexpr std::chrono::minutes code_lifetime{10};  // the most that RFC 6749, 4.1.2 allows: people type them
// How exactly the last use of an application's own token is known: not every reading is a write.
constexpr std::chrono::hours app_token_use_noted{24};

using store::oauth::Client;

[[noreturn]] void refuse(RefusalKind kind, std::string code, const std::string& text) {
  throw OAuthRefusal(kind, std::move(code), text);
}
[[noreturn]] void refuse_grant() {
  refuse(RefusalKind::bad_request, "invalid_grant",
         "The authorization code is unknown, used, expired, or was issued for another request.");
}

[[noreturn]] void refuse_client() {
  refuse(RefusalKind::unauthorized, "invalid_client", "Client authentication failed: unknown client.");
}

Client require_client(store::Read& read, const std::string& key) {
  auto client = store::oauth::find_client_by_key(read, key);
  if (!client) refuse_client();
  return *std::move(client);
}

void require_secret(const Client& client, const std::string& secret) {
  const crypto::Digest digest = crypto::sha256(secret);
  if (!crypto::equal_in_constant_time(
          {reinterpret_cast<const char*>(digest.data()), digest.size()},
          {reinterpret_cast<const char*>(client.secret_hash.data()), digest.size()})) {
    refuse(RefusalKind::unauthorized, "invalid_client", "Client authentication failed: wrong secret.");
  }
}

Scopes parse_scopes(const std::string& text, const Scopes& granted) {
  const auto scopes = Scopes::parse(text.empty() ? "read" : text);
  if (!scopes || !scopes->within(granted)) {
    refuse(RefusalKind::bad_request, "invalid_scope",
           "The requested scope is invalid, unknown, or malformed.");
  }
  return *scopes;
}

IssuedToken insert_token(store::Write& write, const store::oauth::Token& token) {
  const std::string secret = crypto::random_token(secret_bytes);
  const TokenId id = store::oauth::insert_token(write, token, crypto::sha256(secret));
  return {.id = id, .secret = secret, .scopes = token.scopes, .created = write.now()};
}

// A public client has no secret to keep, and proves by PKCE that the code is its own.
void require_proof(const Client& client, const store::oauth::Code& code, const TokenRequest& request) {
  if (!request.client_secret.empty() || code.challenge.empty()) require_secret(client, request.client_secret);
  // A verifier for a code that was asked for without a challenge: somebody put another's code in (RFC 9700,
  // 2.1.1).
  if (code.challenge.empty() && !request.code_verifier.empty()) refuse_grant();
  if (!code.challenge.empty() && !crypto::pkce_matches(request.code_verifier, code.challenge)) refuse_grant();
}

// What a code was exchanged for. One that had been used gives no token, and what it gave before is taken
// back, which must not be rolled back by a refusal.
struct Exchange {
  std::optional<IssuedToken> issued;
  TokenId revoked;
};
Exchange exchange(store::Write& write, const TokenRequest& request) {
  const Client client = require_client(write, request.client_key);
  const crypto::Digest hash = crypto::sha256(request.code);
  const auto code = store::oauth::find_code(write, hash);
  if (!code || code->client != client.id || code->redirect_uri != request.redirect_uri) refuse_grant();
  require_proof(client, *code, request);
  if (code->token) {
    store::oauth::erase_token(write, code->token);
    return {.issued = std::nullopt, .revoked = code->token};
  }
  if (write.now() - code->created > code_lifetime) refuse_grant();
  require_may_publish(write, {.person = code->person,
                              .account = code->account,
                              .client = client.id,
                              .token = {},
                              .session = {},
                              .scopes = {}});
  IssuedToken issued = insert_token(
      write, {.client = client.id, .person = code->person, .account = code->account, .scopes = code->scopes});
  store::oauth::set_code_used(write, hash, issued.id);
  return {.issued = issued, .revoked = {}};
}

void close_streams_of(App& app, TokenId token) {
  app.live.close_streams([token](const Actor& reader) { return reader.token == token; });
}

IssuedToken issue_to_client(store::Write& write, const TokenRequest& request) {
  const Client client = require_client(write, request.client_key);
  require_secret(client, request.client_secret);
  const Scopes scopes = parse_scopes(request.scope, client.scopes);
  const Time expires = write.now() + app_token_kept;
  store::oauth::extend_client(write, client.id, expires);
  return insert_token(write, {.client = client.id, .scopes = scopes, .expires = expires});
}

}  // namespace

Authorization check_authorization(App& app, const AuthorizationRequest& request) {
  const Client client =
      app.db.read([&](store::Read& read) { return require_client(read, request.client_key); });
  if (std::ranges::find(client.redirect_uris, request.redirect_uri) == client.redirect_uris.end()) {
    refuse(RefusalKind::bad_request, "invalid_redirect_uri",
           "The redirect URI is not one that the app registered.");
  }
  if (request.response_type != "code") {
    refuse(RefusalKind::bad_request, "unsupported_response_type", "The response type must be \"code\".");
  }
  if (!request.code_challenge_method.empty() && request.code_challenge_method != "S256") {
    refuse(RefusalKind::bad_request, "invalid_request", "The code challenge method must be S256.");
  }
  if (!request.code_challenge.empty() && request.code_challenge_method.empty()) {
    refuse(RefusalKind::bad_request, "invalid_request",
           "The code challenge method must be S256, and is missing.");
  }
  if (!request.code_challenge.empty() && request.code_challenge.size() != challenge_characters) {
    refuse(RefusalKind::bad_request, "invalid_request", "The code challenge is not one of S256.");
  }
  if (request.code_challenge.empty() && !request.code_challenge_method.empty()) {
    refuse(RefusalKind::bad_request, "invalid_request", "The code challenge is missing.");
  }
  return {.client = client, .scopes = parse_scopes(request.scope, client.scopes)};
}

net::Task<std::string> authorize(App& app, Actor actor, AuthorizationRequest request) {
  const Authorization granted = check_authorization(app, request);
  std::string code = crypto::random_token(secret_bytes);
  co_await app.db.write([&](store::Write& write) {
    require_may_publish(write, actor);
    if (!store::oauth::keep_client(write, granted.client.id)) refuse_client();
    store::oauth::insert_code(write,
                              {.client = granted.client.id,
                               .person = actor.person,
                               .account = actor.account,
                               .redirect_uri = request.redirect_uri,
                               .scopes = granted.scopes,
                               .challenge = request.code_challenge},
                              crypto::sha256(code));
  });
  co_return code;
}

net::Task<IssuedToken> issue_token(App& app, TokenRequest request) {
  if (request.grant_type == "client_credentials") {
    co_return co_await app.db.write([&](store::Write& write) { return issue_to_client(write, request); });
  }
  if (request.grant_type != "authorization_code") {
    refuse(RefusalKind::bad_request, "unsupported_grant_type",
           "The grant type must be authorization_code or client_credentials.");
  }
  const Exchange made = co_await app.db.write([&](store::Write& write) { return exchange(write, request); });
  if (made.revoked) close_streams_of(app, made.revoked);
  if (!made.issued) refuse_grant();
  co_return *made.issued;
}

IssuedToken issue_token_for_new_account(store::Write& write, const Actor& app_actor, PersonId person,
                                        AccountId account) {
  store::oauth::keep_client(write, app_actor.client);
  return insert_token(
      write, {.client = app_actor.client, .person = person, .account = account, .scopes = app_actor.scopes});
}

net::Task<void> revoke_token(App& app, std::string client_key, std::string client_secret, std::string token) {
  const TokenId revoked = co_await app.db.write([&](store::Write& write) {
    const Client client = require_client(write, client_key);
    const auto found = store::oauth::find_token(write, crypto::sha256(token));
    if (!client_secret.empty()) require_secret(client, client_secret);
    if (found && found->client != client.id) {
      refuse(RefusalKind::forbidden, "unauthorized_client", "You are not authorized to revoke this token");
    }
    if (found) store::oauth::erase_token(write, found->id);
    return found ? found->id : TokenId{};
  });
  if (revoked) close_streams_of(app, revoked);
}

std::vector<AuthorizedApp> authorized_apps(App& app, const Actor& actor) {
  return app.db.read([&](store::Read& read) {
    std::vector<AuthorizedApp> apps;
    for (const store::oauth::Grant& grant : store::oauth::grants(read, actor.person, actor.account)) {
      if (auto client = store::oauth::find_client(read, grant.client)) {
        apps.push_back({.client = *std::move(client), .since = grant.since});
      }
    }
    return apps;
  });
}

net::Task<void> revoke_app(App& app, Actor actor, ClientId client) {
  co_await app.db.write([&](store::Write& write) {
    store::oauth::erase_tokens_of_grant(write, actor.person, actor.account, client);
  });
  app.live.close_streams([actor, client](const Actor& reader) {
    return reader.client == client && reader.person == actor.person && reader.account == actor.account;
  });
}

net::Task<void> keep_app_token(App& app, Actor actor) {
  const auto expires =
      app.db.read([&](store::Read& read) { return store::oauth::expiry_of_token(read, actor.token); });
  const Time until = app.clock.now() + app_token_kept;
  if (!expires || until - *expires < app_token_use_noted) co_return;
  // Where nothing can be written, reading goes on, and a later use is noted.
  try {
    co_await app.db.write([&](store::Write& write) {
      store::oauth::extend_token(write, actor.token, until);
      store::oauth::extend_client(write, actor.client, until);
    });
  } catch (const Refusal& refusal) {
    if (refusal.kind != RefusalKind::unavailable) throw;
  }
}

std::optional<Actor> authenticate(App& app, std::string_view token) {
  return app.db.read([&](store::Read& read) -> std::optional<Actor> {
    const auto found = store::oauth::find_token(read, crypto::sha256(token));
    if (!found || (found->expires && *found->expires <= read.now())) return std::nullopt;
    if (found->account) {
      const auto account = store::accounts::find_shared(read, {found->account}).front();
      if (!account || !account->is_shown()) return std::nullopt;
    }
    return Actor{.person = found->person,
                 .account = found->account,
                 .client = found->client,
                 .token = found->id,
                 .session = {},
                 .scopes = found->scopes};
  });
}

}  // namespace hoopoe::app
