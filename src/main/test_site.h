#pragma once

#include <map>
#include <string>
#include <utility>

#include "api/routes.h"
#include "crypto/hash.h"
#include "crypto/password.h"
#include "main/site.h"
#include "net/target.h"
#include "store/accounts.h"
#include "store/oauth.h"
#include "store/sessions.h"
#include "tests/support/test_square.h"

namespace hoopoe {

// Somebody who looks at the square: an account with a token and a browser, or a stranger.
struct Onlooker {
  app::Actor actor;
  std::string name = "a stranger";
  std::string token;
  std::string session;
  AccountId account() const { return actor.account; }
};

// The pattern of a route with these in the places of its captures, by name: {":id", "20"}.
inline std::string filled(std::string pattern, const std::map<std::string, std::string>& captures) {
  for (const auto& [name, value] : captures) {
    if (const std::size_t at = pattern.find(name); at != std::string::npos) {
      pattern.replace(at, name.size(), value);
    }
  }
  return pattern;
}

// For tests: all faces of http://square.test, asked as the server asks them, without a socket or rate limits.
class TestSite {
 public:
  explicit TestSite(tests::TestSquare& square) : square_(without_limits(square)) {
    client_ = square_.db().write_blocking([](store::Write& write) {
      return store::oauth::insert_client(write, {.name = "Tweetie",
                                                 .redirect_uris = {"urn:ietf:wg:oauth:2.0:oob"},
                                                 .scopes = *Scopes::parse("read"),
                                                 .key = "key of Tweetie",
                                                 .secret_hash = crypto::sha256("secret of Tweetie")});
    });
  }

  // Gives them a new token for all there is, and a new session.
  void sign_in(Onlooker& onlooker) {
    onlooker.token = crypto::random_token(32);
    onlooker.session = crypto::random_token(32);
    const PersonId person = onlooker.actor.person;
    square_.db().write_blocking([&](store::Write& write) {
      onlooker.name = store::accounts::find(write, onlooker.account())->handle;
      store::oauth::insert_token(write,
                                 {.client = client_,
                                  .person = person,
                                  .account = onlooker.account(),
                                  .scopes = *Scopes::parse("read write follow push profile")},
                                 crypto::sha256(onlooker.token));
      store::sessions::insert(
          write, {.person = person, .account = onlooker.account(), .address = "", .user_agent = ""},
          crypto::sha256(onlooker.session));
    });
  }

  // With the token where that is what counts, with the cookie elsewhere.
  static net::Request request(net::Method method, const std::string& target, const Onlooker& onlooker) {
    net::Request request{.method = method, .target = target, .host = "square.test"};
    const auto parsed = net::parse_target(target);
    request.path = parsed->path;
    request.query = parsed->query;
    request.headers.add("Host", request.host);
    if (api::is_api_path(request.path)) {
      if (!onlooker.token.empty()) request.headers.add("Authorization", "Bearer " + onlooker.token);
    } else if (!onlooker.session.empty()) {
      request.headers.add("Cookie", "hoopoe_session=" + onlooker.session);
    }
    return request;
  }

  net::Response get(const std::string& target, const Onlooker& onlooker) {
    net::Request asked = request(net::Method::get, target, onlooker);
    return answer(asked);
  }

  // A form, or parameters of the API.
  net::Response send(net::Method method, const std::string& target, const Onlooker& onlooker,
                     const std::string& form) {
    net::Request sent = request(method, target, onlooker);
    sent.headers.add("Content-Type", "application/x-www-form-urlencoded");
    sent.body = form;
    return answer(sent);
  }

  net::Response answer(net::Request& request) {
    try {
      net::Response response = square_.run(site_.answer(request));
      if (const net::BodySource source = std::exchange(response.source, nullptr)) {
        while (const auto part = square_.run(source())) response.body += *part;
      }
      return response;
    } catch (...) {
      return site_.render_error(request, std::current_exception());
    }
  }

 private:
  static tests::TestSquare& without_limits(tests::TestSquare& square) {
    square.settings().rate_limits_enabled = false;
    return square;
  }

  tests::TestSquare& square_;
  Site site_{square_.app(), {"square.test"}};
  ClientId client_;
};

}  // namespace hoopoe
