#include "app/oauth.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/square_test.h"
#include "tests/support/multipart.h"

namespace hoopoe::api {
namespace {

using net::Method;
using testing::IsEmpty;

constexpr auto oob = "urn:ietf:wg:oauth:2.0:oob";

class OAuth : public testing::Test {
 protected:
  Reply registered(const std::string& more = "&scopes=read+write") {
    return square_.post("/api/v1/apps", "", std::string("client_name=Tweetie&redirect_uris=") + oob + more);
  }

  // What the consent page does when the person says yes.
  std::string code(const Reply& client, const std::string& challenge = "") {
    std::string code;
    boost::asio::io_context io;
    app::Actor actor{.person = jack_.person, .account = jack_.account};
    boost::asio::co_spawn(io,
                          app::authorize(square_.app(), actor,
                                         {.response_type = "code",
                                          .client_key = client.at("/client_id"),
                                          .redirect_uri = oob,
                                          .scope = "read",
                                          .code_challenge = challenge,
                                          .code_challenge_method = challenge.empty() ? "" : "S256"}),
                          [&code](const std::exception_ptr& failure, const std::string& made) {
                            EXPECT_EQ(failure, nullptr);
                            code = made;
                          });
    io.run();
    return code;
  }

  std::string exchange_form(const Reply& client, const std::string& code) {
    return "grant_type=authorization_code&client_id=" + client.at("/client_id") +
           "&client_secret=" + client.at("/client_secret") + "&redirect_uri=" + oob + "&code=" + code;
  }

  ApiSquare square_;
  Named jack_ = square_.join("jack");
};

TEST_F(OAuth, AnAppIsRegisteredWithEveryDocumentedKey) {
  const Reply reply = registered("&website=https://example.org");
  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(differing_keys(reply.json(),
                             "id name website scopes redirect_uri redirect_uris vapid_key client_id "
                             "client_secret client_secret_expires_at"),
              IsEmpty());
  EXPECT_EQ(reply.at("/scopes"), R"(["read"])");
  EXPECT_EQ(reply.at("/redirect_uri"), oob);
  EXPECT_EQ(reply.at("/redirect_uris/0"), oob);
  EXPECT_EQ(reply.at("/client_secret_expires_at"), "0");
  EXPECT_EQ(reply.header("Cache-Control"), "no-store");
}

TEST_F(OAuth, AnAppIsRegisteredByJsonFormMultipartAndQuery) {
  const std::string uris = R"(["urn:ietf:wg:oauth:2.0:oob","com.tapbots.Ivory.10217:/request_token"])";
  const std::vector<Sent> forms{
      {.body = R"({"client_name":"Ivory","scopes":"read write","redirect_uris":)" + uris + "}",
       .content_type = "application/json"},
      {.body = "client_name=Ivory&scopes=read+write&redirect_uris=urn:ietf:wg:oauth:2.0:oob%0A"
               "com.tapbots.Ivory.10217:/request_token"},
      {.body = tests::multipart({{"client_name", "Ivory"},
                                 {"scopes", "read write"},
                                 {"redirect_uris[]", "urn:ietf:wg:oauth:2.0:oob"},
                                 {"redirect_uris[]", "com.tapbots.Ivory.10217:/request_token"}}),
       .content_type = tests::multipart_type}};
  for (const Sent& sent : forms) {
    const Reply reply = square_.call(Method::post, "/api/v1/apps", sent);
    EXPECT_EQ(reply.at("/name"), "Ivory") << reply.body;
    EXPECT_EQ(reply.at("/scopes"), R"(["read","write"])");
    EXPECT_EQ(reply.at("/redirect_uris"), uris);
  }
  const Reply by_query = square_.post(
      "/api/v1/apps?client_name=Ice%20Cubes&scopes=read%20write%20follow%20push&redirect_uris=icecubesapp:/"
      "/");
  EXPECT_EQ(by_query.at("/redirect_uri"), "icecubesapp://");
}

TEST_F(OAuth, AnAppThatCouldNotBeTrustedIsRefused) {
  for (const char* form :
       {"", "client_name=x", "redirect_uris=urn:ietf:wg:oauth:2.0:oob",
        "client_name=x&redirect_uris=javascript:alert(1)", "client_name=x&redirect_uris=http://example.org/",
        "client_name=x&redirect_uris=data:text/html,x",
        "client_name=x&redirect_uris=https://example.org/%23f",
        "client_name=x&redirect_uris=https://example.org&scopes=everything",
        "client_name=x&redirect_uris=https://example.org&website=javascript:alert(1)"}) {
    const Reply reply = square_.post("/api/v1/apps", "", form);
    EXPECT_EQ(reply.status, 422) << form;
    EXPECT_THAT(reply.at("/error"), testing::StartsWith("Validation failed: "));
  }
}

TEST_F(OAuth, AnAppKnowsItself) {
  const Reply client = registered();
  const Reply token = square_.post("/oauth/token", "",
                                   "grant_type=client_credentials&client_id=" + client.at("/client_id") +
                                       "&client_secret=" + client.at("/client_secret") + "&scope=read");
  EXPECT_THAT(differing_keys(token.json(), "access_token token_type scope created_at"), IsEmpty());
  const Reply own = square_.get("/api/v1/apps/verify_credentials", token.at("/access_token"));
  EXPECT_THAT(differing_keys(own.json(), "id name website scopes redirect_uri redirect_uris vapid_key"),
              IsEmpty());
  EXPECT_EQ(own.at("/name"), "Tweetie");
  EXPECT_EQ(square_.get("/api/v1/apps/verify_credentials").status, 401);
}

TEST_F(OAuth, ACodeBecomesATokenInEveryForm) {
  const Reply client = registered();
  const auto fields = [&](const std::string& code) {
    return json::object{{"grant_type", "authorization_code"},
                        {"client_id", client.at("/client_id")},
                        {"client_secret", client.at("/client_secret")},
                        {"redirect_uri", oob},
                        {"code", code}};
  };
  std::vector<Reply> replies;
  replies.push_back(square_.post("/oauth/token", "", exchange_form(client, code(client))));
  replies.push_back(square_.post("/oauth/token?" + exchange_form(client, code(client))));
  replies.push_back(
      square_.call(Method::post, "/oauth/token",
                   {.body = json::serialize(fields(code(client))), .content_type = "application/json"}));
  std::vector<tests::Part> parts;
  for (const auto& [name, value] : fields(code(client))) {
    parts.push_back({.name = name, .value = std::string(value.as_string())});
  }
  replies.push_back(square_.call(Method::post, "/oauth/token",
                                 {.body = tests::multipart(parts), .content_type = tests::multipart_type}));
  for (const Reply& reply : replies) {
    ASSERT_EQ(reply.status, 200) << reply.body;
    EXPECT_EQ(reply.at("/token_type"), "Bearer");
    EXPECT_EQ(reply.at("/scope"), "read");
    EXPECT_EQ(reply.header("Cache-Control"), "no-store");
    EXPECT_EQ(square_.get("/api/v1/accounts/verify_credentials", reply.at("/access_token")).at("/username"),
              "jack");
  }
}

TEST_F(OAuth, ASecretMayComeAsBasicAuthentication) {
  // "id:secret" in Base64, of a client made for it.
  const Reply client = registered();
  const auto encoded = [](const std::string& text) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string result;
    unsigned bits = 0;
    int count = 0;
    for (const unsigned char c : text) {
      bits = (bits << 8U) | c;
      for (count += 8; count >= 6; count -= 6)
        result += digits[(bits >> static_cast<unsigned>(count - 6)) & 63U];
    }
    if (count > 0) result += digits[(bits << static_cast<unsigned>(6 - count)) & 63U];
    return result + std::string((4 - result.size() % 4) % 4, '=');
  };
  const Sent sent{.body = "grant_type=client_credentials",
                  .headers = {{"Authorization", "Basic " + encoded(client.at("/client_id") + ":" +
                                                                   client.at("/client_secret"))}}};
  EXPECT_EQ(square_.call(Method::post, "/oauth/token", sent).status, 200);
}

TEST_F(OAuth, ACodeIsGoodOnceAndItsSecondUseTakesTheTokenBack) {
  const Reply client = registered();
  const std::string form = exchange_form(client, code(client));
  const std::string token = square_.post("/oauth/token", "", form).at("/access_token");
  const Reply again = square_.post("/oauth/token", "", form);
  EXPECT_EQ(again.status, 400);
  EXPECT_EQ(again.at("/error"), "invalid_grant");
  EXPECT_NE(again.at("/error_description"), "absent");
  EXPECT_EQ(square_.get("/api/v1/timelines/home", token).status, 401);
}

TEST_F(OAuth, ACodeExpiresAfterTenMinutes) {
  const Reply client = registered();
  const std::string form = exchange_form(client, code(client));
  square_.pass(std::chrono::seconds(601));
  EXPECT_EQ(square_.post("/oauth/token", "", form).at("/error"), "invalid_grant");
}

TEST_F(OAuth, WhatIsWrongWithATokenRequestHasTheCodeOfRfc6749) {
  const Reply client = registered();
  const std::string good = exchange_form(client, code(client));
  const std::vector<std::pair<std::string, std::string>> errors{
      {"", "unsupported_grant_type"},
      {"grant_type=password", "unsupported_grant_type"},
      {"grant_type=client_credentials", "invalid_client"},
      {"grant_type=client_credentials&client_id=" + client.at("/client_id") + "&client_secret=wrong",
       "invalid_client"},
      {"grant_type=client_credentials&scope=push&client_id=" + client.at("/client_id") +
           "&client_secret=" + client.at("/client_secret"),
       "invalid_scope"},
      {good + "&client_secret=wrong", "invalid_client"},
      {good + "&redirect_uri=https://evil.example", "invalid_grant"},
      {good + "&code=guessed", "invalid_grant"}};
  for (const auto& [form, error] : errors) {
    const Reply reply = square_.post("/oauth/token", "", form);
    EXPECT_EQ(reply.at("/error"), error) << form;
    EXPECT_TRUE(reply.status == 400 || reply.status == 401) << form;
  }
  EXPECT_EQ(square_.post("/oauth/token", "", good).status, 200) << "none of these used it up";
}

TEST_F(OAuth, WhatWasBegunWithPkceIsFinishedWithIt) {
  // RFC 7636, appendix B.
  const Reply client = registered();
  const std::string begun = code(client, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  const std::string form = "grant_type=authorization_code&client_id=" + client.at("/client_id") +
                           "&redirect_uri=" + oob + "&code=" + begun;
  EXPECT_EQ(square_.post("/oauth/token", "", form).status, 400);
  EXPECT_EQ(square_.post("/oauth/token", "", form + "&code_verifier=guess").status, 400);
  EXPECT_EQ(
      square_.post("/oauth/token", "", form + "&code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
          .status,
      200);
}

TEST_F(OAuth, ATokenIsTakenBackByItsOwnAppAlone) {
  const Reply client = registered();
  const std::string token =
      square_.post("/oauth/token", "", exchange_form(client, code(client))).at("/access_token");
  const auto form = [&token](const Reply& of) {
    return "client_id=" + of.at("/client_id") + "&client_secret=" + of.at("/client_secret") +
           "&token=" + token;
  };
  const Reply other = square_.post("/oauth/revoke", "", form(registered()));
  EXPECT_EQ(other.status, 403);
  EXPECT_EQ(other.at("/error"), "unauthorized_client");
  EXPECT_EQ(square_.get("/api/v1/timelines/home", token).status, 200);
  EXPECT_EQ(square_.post("/oauth/revoke", "", form(client)).body, "{}");
  EXPECT_EQ(square_.get("/api/v1/timelines/home", token).status, 401);
  EXPECT_EQ(square_.post("/oauth/revoke", "", form(client)).body, "{}") << "once more changes nothing";
}

TEST_F(OAuth, TheServerDescribesItself) {
  const Reply reply = square_.get("/.well-known/oauth-authorization-server");
  EXPECT_THAT(
      differing_keys(reply.json(),
                     "issuer service_documentation authorization_endpoint token_endpoint "
                     "app_registration_endpoint revocation_endpoint userinfo_endpoint scopes_supported "
                     "response_types_supported response_modes_supported grant_types_supported "
                     "token_endpoint_auth_methods_supported code_challenge_methods_supported"),
      IsEmpty());
  EXPECT_EQ(reply.at("/issuer"), "http://square.test/");
  EXPECT_EQ(reply.at("/code_challenge_methods_supported"), R"(["S256"])");
}

TEST_F(OAuth, AProfileIsToldToWhoeverHoldsItsScope) {
  const std::string token = square_.token(jack_, "profile");
  for (const Method method : {Method::get, Method::post}) {
    const Reply reply = square_.call(method, "/oauth/userinfo", {.token = token});
    EXPECT_THAT(differing_keys(reply.json(), "iss sub name preferred_username profile picture"), IsEmpty());
    EXPECT_EQ(reply.at("/preferred_username"), "jack");
  }
  EXPECT_EQ(square_.get("/api/v1/accounts/verify_credentials", token).status, 200);
  EXPECT_EQ(square_.get("/api/v1/preferences", token).status, 403);
}

}  // namespace
}  // namespace hoopoe::api
