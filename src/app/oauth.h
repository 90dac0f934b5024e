#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/actor.h"
#include "app/app.h"
#include "base/refusal.h"
#include "net/task.h"
#include "store/oauth.h"

// OAuth 2 (RFC 6749), with PKCE (RFC 7636), as Mastodon's apps use it.
namespace hoopoe::app {

// A code is known for so long, used or not: to notice its second use.
inline constexpr std::chrono::hours code_kept{24};
// An application that nobody lets in: time for somebody who came with it to sign up and be approved. Apps
// keep what they were given when they registered, so one that somebody once let in stays
// (mastodon/mastodon#27740).
inline constexpr std::chrono::days client_kept{14};
// An application's own token after its last use: a season, for what runs seldom.
inline constexpr std::chrono::days app_token_kept{90};

inline constexpr std::string_view out_of_band_uri = "urn:ietf:wg:oauth:2.0:oob";

// A refusal with the error code of RFC 6749, 5.2: "invalid_client", "invalid_grant" ...
struct OAuthRefusal : Refusal {
  OAuthRefusal(RefusalKind why, std::string error, const std::string& public_text)
      : Refusal(why, public_text), code(std::move(error)) {}
  std::string code;
};

struct NewClient {
  std::string name;
  std::string website;
  std::vector<std::string> redirect_uris;
  std::string scopes;  // empty: "read"
};
struct RegisteredClient {
  store::oauth::Client client;
  std::string secret;  // told once; the store keeps its hash
};
// Redirect URIs are out-of-band, https, http to a loopback address, or an app's own scheme; others are
// refused (invalid), as is an unknown scope.
net::Task<RegisteredClient> register_client(App& app, NewClient wish);

// What an app asks a person for at /oauth/authorize.
struct AuthorizationRequest {
  std::string response_type;
  std::string client_key;
  std::string redirect_uri;
  std::string scope;  // empty: "read"
  std::string state;
  std::string code_challenge;
  std::string code_challenge_method;
};
struct Authorization {
  store::oauth::Client client;
  Scopes scopes;
};
// Throws OAuthRefusal, to be shown to the person and never sent to the redirect URI, which may be anybody's.
Authorization check_authorization(App& app, const AuthorizationRequest& request);
// The person said yes: a code, good once and for ten minutes.
net::Task<std::string> authorize(App& app, Actor actor, AuthorizationRequest request);

struct TokenRequest {
  std::string grant_type;
  std::string client_key;
  std::string client_secret;
  std::string code;
  std::string redirect_uri;
  std::string code_verifier;
  std::string scope;
};
struct IssuedToken {
  TokenId id;
  std::string secret;
  Scopes scopes;
  Time created;
};
// authorization_code and client_credentials. A code that is used twice takes back the token it gave.
net::Task<IssuedToken> issue_token(App& app, TokenRequest request);
// A token of the app itself for an account that it just signed up.
IssuedToken issue_token_for_new_account(store::Write& write, const Actor& app_actor, PersonId person,
                                        AccountId account);
// RFC 7009. Nothing happens for a token that is not; OAuthRefusal{unauthorized_client} for one of another
// app.
net::Task<void> revoke_token(App& app, std::string client_key, std::string client_secret, std::string token);

// An app that may act for the actor's account, and since when.
struct AuthorizedApp {
  store::oauth::Client client;
  Time since;
};
std::vector<AuthorizedApp> authorized_apps(App& app, const Actor& actor);
// All tokens that the person gave it for the account, with their streams.
net::Task<void> revoke_app(App& app, Actor actor, ClientId client);

// An application's own token that is used, and its application, end so much later; at most one write a day.
net::Task<void> keep_app_token(App& app, Actor actor);

// Who a bearer token stands for; nobody when it is no longer good, or its account is not shown.
std::optional<Actor> authenticate(App& app, std::string_view token);

}  // namespace hoopoe::app
