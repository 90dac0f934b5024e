#include "app/oauth.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/accounts.h"
#include "app/live.h"
#include "crypto/hash.h"
#include "tests/support/live_reader.h"
#include "tests/support/test_square.h"

namespace hoopoe::app {
namespace {

constexpr std::string_view back = "https://ivory.example/back";
constexpr std::string_view verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";   // RFC 7636, appendix B
constexpr std::string_view challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";  // likewise

class OAuth : public testing::Test {
 protected:
  RegisteredClient client(const std::string& name, const std::string& scopes = "read write") {
    return square_.run(register_client(app_, {.name = name,
                                              .website = {},
                                              .redirect_uris = {std::string(back), "myapp://back"},
                                              .scopes = scopes}));
  }
  AuthorizationRequest asking(std::string scope = "read") {
    return {.response_type = "code",
            .client_key = ivory_.client.key,
            .redirect_uri = std::string(back),
            .scope = std::move(scope),
            .state = {},
            .code_challenge = {},
            .code_challenge_method = {}};
  }
  std::string code(AuthorizationRequest request) {
    return square_.run(authorize(app_, farah_, std::move(request)));
  }
  std::string code_with_pkce() {
    AuthorizationRequest request = asking();
    request.code_challenge = challenge;
    request.code_challenge_method = "S256";
    return code(request);
  }
  TokenRequest exchanging(std::string code) {
    return {.grant_type = "authorization_code",
            .client_key = ivory_.client.key,
            .client_secret = ivory_.secret,
            .code = std::move(code),
            .redirect_uri = std::string(back),
            .code_verifier = {},
            .scope = {}};
  }
  // The code of RFC 6749 that it was refused with; empty when it was not.
  template <class Function>
  std::string error(Function&& function) {
    try {
      function();
    } catch (const OAuthRefusal& refusal) {
      return refusal.code;
    }
    return "";
  }
  std::string error_of(const TokenRequest& request) {
    return error([&] { square_.run(issue_token(app_, request)); });
  }
  std::string error_of(const AuthorizationRequest& request) {
    return error([&] { check_authorization(app_, request); });
  }

  tests::TestSquare square_;
  App& app_ = square_.app();
  const Actor farah_ = square_.person("farah");
  const RegisteredClient ivory_ = client("Ivory");
};

TEST_F(OAuth, a_code_becomes_a_token_that_acts_as_who_said_yes_with_what_they_granted) {
  const IssuedToken token = square_.run(issue_token(app_, exchanging(code(asking("read write:statuses")))));
  const auto actor = authenticate(app_, token.secret);
  ASSERT_TRUE(actor.has_value());
  EXPECT_EQ(actor->account, farah_.account);
  EXPECT_EQ(actor->person, farah_.person);
  EXPECT_EQ(actor->client, ivory_.client.id);
  EXPECT_EQ(actor->scopes.str(), "read write:statuses");
  EXPECT_FALSE(authenticate(app_, token.secret + "x").has_value());
  EXPECT_FALSE(authenticate(app_, "").has_value());
}

TEST_F(OAuth, a_code_used_twice_takes_back_its_token_and_ends_its_streams) {
  square_.live().start();
  const std::string once = code(asking());
  const IssuedToken token = square_.run(issue_token(app_, exchanging(once)));
  const Actor actor = *authenticate(app_, token.secret);
  tests::LiveReader reader(square_.live(), tests::home_channel(actor.account), actor);
  tests::settle(square_.live());
  EXPECT_EQ(error_of(exchanging(once)), "invalid_grant");
  EXPECT_FALSE(authenticate(app_, token.secret).has_value());
  tests::settle(square_.live());
  EXPECT_TRUE(reader.closed());
  EXPECT_EQ(error_of(exchanging(once)), "invalid_grant");
}

TEST_F(OAuth, of_many_exchanges_of_one_code_at_once_no_token_is_left) {
  const std::string once = code(asking());
  std::vector<net::Task<IssuedToken>> crowd;
  for (int i = 0; i < 8; ++i) crowd.push_back(issue_token(app_, exchanging(once)));
  EXPECT_EQ(square_.run_together(std::move(crowd)), 1);
  EXPECT_EQ(
      square_.db().read([](store::Read& read) { return read.value<int>("select count(*) from tokens"); }), 0);
}

TEST_F(OAuth, a_code_is_good_for_ten_minutes) {
  const std::string in_time = code(asking());
  const std::string late = code(asking());
  square_.clock().advance(std::chrono::minutes(10));
  EXPECT_EQ(error_of(exchanging(in_time)), "");
  square_.clock().advance(milliseconds(1));
  EXPECT_EQ(error_of(exchanging(late)), "invalid_grant");
}

TEST_F(OAuth, a_code_is_good_for_the_client_the_redirect_and_the_secret_it_was_made_for) {
  const RegisteredClient other = client("Other");
  const std::string held = code(asking());
  TokenRequest request = exchanging(held);
  request.redirect_uri = "myapp://back";
  EXPECT_EQ(error_of(request), "invalid_grant");
  request = exchanging(held);
  request.client_key = other.client.key;
  request.client_secret = other.secret;
  EXPECT_EQ(error_of(request), "invalid_grant");
  request = exchanging(held);
  for (const std::string& secret : {std::string(), other.secret, ivory_.secret + "x"}) {
    request.client_secret = secret;
    EXPECT_EQ(error_of(request), "invalid_client");
  }
  request = exchanging(held);
  request.client_key = "nobody";
  EXPECT_EQ(error_of(request), "invalid_client");
  EXPECT_EQ(error_of(exchanging("a guess")), "invalid_grant");
  EXPECT_EQ(error_of(exchanging(held)), "");
}

// Else the cookie of a thief would open one door more while its owner closes all of them.
TEST_F(OAuth, who_was_signed_out_meanwhile_grants_nothing) {
  Actor signed_out = farah_;
  signed_out.session = SessionId{5};
  EXPECT_EQ(square_.refusal(authorize(app_, signed_out, asking())), RefusalKind::unauthorized);
}

TEST_F(OAuth, a_challenge_once_given_must_be_met_with_or_without_a_secret) {
  TokenRequest request = exchanging(code_with_pkce());
  EXPECT_EQ(error_of(request), "invalid_grant");
  request.code_verifier = std::string(verifier) + "x";
  EXPECT_EQ(error_of(request), "invalid_grant");
  request.code_verifier = challenge;
  EXPECT_EQ(error_of(request), "invalid_grant");
  request.code_verifier = verifier;
  request.client_secret = "wrong";
  EXPECT_EQ(error_of(request), "invalid_client");
  request.client_secret = "";
  EXPECT_EQ(error_of(request), "");
}

TEST_F(OAuth, a_verifier_for_a_code_without_a_challenge_is_refused) {
  TokenRequest request = exchanging(code(asking()));
  request.code_verifier = verifier;
  EXPECT_EQ(error_of(request), "invalid_grant");
}

TEST_F(OAuth, an_authorization_is_asked_for_with_what_was_registered_and_s256_alone) {
  const auto changed = [&](auto change) {
    AuthorizationRequest request = asking();
    change(request);
    return error_of(request);
  };
  EXPECT_EQ(error_of(asking()), "");
  EXPECT_EQ(changed([](auto& request) { request.client_key = "nobody"; }), "invalid_client");
  for (const char* uri : {"https://ivory.example/back/", "https://ivory.example/back?x",
                          "https://ivory.example/Back", "https://evil.example/", ""}) {
    EXPECT_EQ(changed([&](auto& request) { request.redirect_uri = uri; }), "invalid_redirect_uri") << uri;
  }
  EXPECT_EQ(changed([](auto& request) { request.response_type = "token"; }), "unsupported_response_type");
  const auto with_challenge = [&](std::string text, std::string method) {
    return changed([&](auto& request) {
      request.code_challenge = std::move(text);
      request.code_challenge_method = std::move(method);
    });
  };
  EXPECT_EQ(with_challenge(std::string(challenge), "S256"), "");
  EXPECT_EQ(with_challenge(std::string(challenge), "plain"), "invalid_request");
  EXPECT_EQ(with_challenge(std::string(challenge), ""), "invalid_request");
  EXPECT_EQ(with_challenge("", "S256"), "invalid_request");
  EXPECT_EQ(with_challenge("short", "S256"), "invalid_request");
}

TEST_F(OAuth, no_more_is_granted_than_the_app_registered) {
  EXPECT_EQ(error_of(asking("read:accounts write")), "");
  EXPECT_EQ(error_of(asking("push")), "invalid_scope");
  EXPECT_EQ(error_of(asking("admin:read")), "invalid_scope");
  EXPECT_EQ(error_of(asking("everything")), "invalid_scope");
  TokenRequest own{.grant_type = "client_credentials",
                   .client_key = ivory_.client.key,
                   .client_secret = ivory_.secret,
                   .code = {},
                   .redirect_uri = {},
                   .code_verifier = {},
                   .scope = "read push"};
  EXPECT_EQ(error_of(own), "invalid_scope");
  own.scope = "read";
  const IssuedToken token = square_.run(issue_token(app_, own));
  EXPECT_FALSE(authenticate(app_, token.secret)->account);
  own.client_secret = "";
  EXPECT_EQ(error_of(own), "invalid_client");
  own.grant_type = "password";
  EXPECT_EQ(error_of(own), "unsupported_grant_type");
}

TEST_F(OAuth, a_token_is_revoked_by_its_own_app_and_no_other) {
  square_.live().start();
  const RegisteredClient other = client("Other");
  const IssuedToken token = square_.run(issue_token(app_, exchanging(code(asking()))));
  const Actor actor = *authenticate(app_, token.secret);
  tests::LiveReader reader(square_.live(), tests::home_channel(actor.account), actor);
  const auto revoke = [&](const RegisteredClient& by, const std::string& secret) {
    return error([&] { square_.run(revoke_token(app_, by.client.key, secret, token.secret)); });
  };
  EXPECT_EQ(revoke(other, other.secret), "unauthorized_client");
  EXPECT_EQ(revoke(ivory_, "wrong"), "invalid_client");
  EXPECT_TRUE(authenticate(app_, token.secret).has_value());
  EXPECT_EQ(revoke(ivory_, ivory_.secret), "");
  EXPECT_FALSE(authenticate(app_, token.secret).has_value());
  EXPECT_EQ(revoke(ivory_, ivory_.secret), "");
  tests::settle(square_.live());
  EXPECT_TRUE(reader.closed());
}

TEST_F(OAuth, a_suspension_ends_tokens_and_codes_under_way) {
  const std::string held = code(asking());
  const IssuedToken token = square_.run(issue_token(app_, exchanging(code(asking()))));
  square_.db().write_blocking([&](store::Write& write) { suspend(write, farah_.account); });
  EXPECT_FALSE(authenticate(app_, token.secret).has_value());
  EXPECT_EQ(square_.refusal(issue_token(app_, exchanging(held))), RefusalKind::bad_request);
  square_.db().write_blocking([&](store::Write& write) { unsuspend(write, farah_.account); });
  EXPECT_FALSE(authenticate(app_, token.secret).has_value());
}

}  // namespace
}  // namespace hoopoe::app
