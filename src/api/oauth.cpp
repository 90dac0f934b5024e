#include "app/oauth.h"

#include <boost/json.hpp>

#include "api/entities.h"
#include "api/handlers.h"
#include "app/bursts.h"
#include "base/refusal.h"
#include "crypto/hash.h"
#include "domain/scopes.h"
#include "store/accounts.h"

namespace hoopoe::api {

namespace {

// A string of lines, or a list (since Mastodon 4.3).
std::vector<std::string> redirect_uris(const Call& call) {
  std::vector<std::string> uris;
  for (std::string_view text : call.parameters.all("redirect_uris")) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
      if (end > 0) uris.emplace_back(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }
  return uris;
}

struct Credentials {
  std::string key;
  std::string secret;
};

// In the body, or as HTTP Basic authentication (RFC 6749, 2.3.1).
Credentials credentials(const Call& call) {
  const std::string_view header = call.request.header("Authorization");
  if (!header.starts_with("Basic ")) {
    return {.key = std::string(call.parameter("client_id")),
            .secret = std::string(call.parameter("client_secret"))};
  }
  const std::string pair = crypto::from_base64(header.substr(6)).value_or("");
  const std::size_t colon = std::min(pair.find(':'), pair.size());
  return {.key = pair.substr(0, colon), .secret = pair.substr(std::min(colon + 1, pair.size()))};
}

json::object token_json(const app::IssuedToken& token) {
  return {{"access_token", token.secret},
          {"token_type", "Bearer"},
          {"scope", token.scopes.str()},
          {"created_at", to_milliseconds(token.created) / 1000}};
}

net::Response secret_answer(const json::value& value) {
  net::Response response = answer(value);
  response.headers.add("Cache-Control", "no-store");  // RFC 6749, 5.1
  return response;
}

}  // namespace

Answer register_app(Call& call) {
  const app::RegisteredClient registered =
      co_await app::register_client(call.app, {.name = std::string(call.parameter("client_name")),
                                               .website = std::string(call.parameter("website")),
                                               .redirect_uris = redirect_uris(call),
                                               .scopes = std::string(call.parameter("scopes"))});
  json::object entity = application_json(registered.client);
  entity["client_id"] = registered.client.key;
  entity["client_secret"] = registered.secret;
  entity["client_secret_expires_at"] = 0;
  co_return secret_answer(entity);
}

Answer verify_app(Call& call) {
  const auto client = call.app.db.read(
      [&](store::Read& read) { return store::oauth::find_client(read, call.actor->client); });
  if (!client) throw Refusal(RefusalKind::unauthorized, "The access token is invalid");
  co_return answer(application_json(*client));
}

Answer issue_token(Call& call) {
  const Credentials client = credentials(call);
  if (call.parameter("grant_type") == "client_credentials") {
    call.app.bursts.count_app_token(call.request.remote);
  }
  const app::IssuedToken token =
      co_await app::issue_token(call.app, {.grant_type = std::string(call.parameter("grant_type")),
                                           .client_key = client.key,
                                           .client_secret = client.secret,
                                           .code = std::string(call.parameter("code")),
                                           .redirect_uri = std::string(call.parameter("redirect_uri")),
                                           .code_verifier = std::string(call.parameter("code_verifier")),
                                           .scope = std::string(call.parameter("scope"))});
  co_return secret_answer(token_json(token));
}

Answer revoke_token(Call& call) {
  const Credentials client = credentials(call);
  co_await app::revoke_token(call.app, client.key, client.secret, std::string(call.parameter("token")));
  co_return answer(json::object{});
}

Answer oauth_metadata(Call& call) {
  json::array scopes;
  for (const std::string_view scope : Scopes::supported()) scopes.push_back(json::value(scope));
  const std::string& base = call.app.public_url;
  co_return answer(json::object{
      {"issuer", base + "/"},
      {"service_documentation", "https://docs.joinmastodon.org/"},
      {"authorization_endpoint", base + "/oauth/authorize"},
      {"token_endpoint", base + "/oauth/token"},
      {"app_registration_endpoint", base + "/api/v1/apps"},
      {"revocation_endpoint", base + "/oauth/revoke"},
      {"userinfo_endpoint", base + "/oauth/userinfo"},
      {"scopes_supported", scopes},
      {"response_types_supported", json::array{"code"}},
      {"response_modes_supported", json::array{"query"}},
      {"grant_types_supported", json::array{"authorization_code", "client_credentials"}},
      {"token_endpoint_auth_methods_supported", json::array{"client_secret_basic", "client_secret_post"}},
      {"code_challenge_methods_supported", json::array{"S256"}},
  });
}

Answer user_info(Call& call) {
  const Account account =
      call.app.db.read([&](store::Read& read) { return *store::accounts::find(read, call.user().account); });
  const std::string url = app::url_of(call.app, account);
  co_return answer(json::object{{"iss", call.app.public_url + "/"},
                                {"sub", url},
                                {"name", account.shown_name()},
                                {"preferred_username", account.handle},
                                {"profile", url},
                                {"picture", call.app.public_url + "/static/avatar.png"}});
}

}  // namespace hoopoe::api
