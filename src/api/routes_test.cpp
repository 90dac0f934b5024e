#include "api/routes.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/square_test.h"
#include "api/test_routes.h"
#include "app/oauth.h"
#include "crypto/hash.h"
#include "store/outbox.h"

// What is true of every route, tried on each row of the table.
namespace hoopoe::api {
namespace {

using net::Method;
using testing::HasSubstr;

class Routes : public testing::Test {
 protected:
  // What would show that something was written.
  EventId newest_event() {
    return square_.app().db.read([](store::Read& read) { return store::outbox::newest(read); });
  }

  ApiSquare square_;
  Named jack_ = square_.join("jack");
  std::string post_ = square_.publish(jack_, "just setting up my twttr");
};

TEST_F(Routes, OneForUsersRefusesNoTokenABadOneAndAnApps) {
  const std::string app = square_.app_token("read write follow push profile");
  for (const Route& route : routes()) {
    if (route.access != Access::user) continue;
    const std::string path = filled(route.pattern, post_);
    for (const std::string& token : {std::string(), std::string("nonsense"), app}) {
      const Reply reply = square_.call(route.method, path, {.token = token});
      EXPECT_EQ(reply.status, 401) << described(route) << " with " << token;
      EXPECT_NE(reply.at("/error"), "absent");
    }
  }
}

TEST_F(Routes, ABadTokenIsRefusedAlsoWhereNoneIsNeeded) {
  for (const Route& route : routes()) {
    if (route.pattern.starts_with("/api/v1/streaming/:")) continue;
    const Reply reply = square_.call(route.method, filled(route.pattern, post_), {.token = "nonsense"});
    EXPECT_EQ(reply.status, 401) << described(route);
  }
}

// Of all scopes but the one: the nearest that does not hold it.
TEST_F(Routes, ATokenWithoutTheScopeIsRefusedAndWritesNothing) {
  const std::string other = square_.token(jack_, "push write:lists read:lists");
  int tried = 0;
  for (const Route& route : routes()) {
    if (route.scope.empty()) continue;
    const EventId before = newest_event();
    const Reply reply = square_.call(route.method, filled(route.pattern, post_),
                                     {.token = other, .body = "status=hello&display_name=Jack"});
    EXPECT_EQ(reply.status, 403) << described(route);
    EXPECT_EQ(reply.at("/error"), "This action is outside the authorized scopes");
    EXPECT_EQ(newest_event(), before) << described(route);
    ++tried;
  }
  EXPECT_GT(tried, 20);
}

TEST_F(Routes, TheScopeAloneIsEnough) {
  for (const Route& route : routes()) {
    if (route.scope.empty()) continue;
    const std::string token = square_.token(jack_, route.scope);
    const Reply reply = square_.call(route.method, filled(route.pattern, "77"), {.token = token});
    EXPECT_NE(reply.at("/error"), "This action is outside the authorized scopes") << described(route);
    EXPECT_NE(reply.status, 401) << described(route);
  }
}

TEST_F(Routes, WhatIsReadByATokenNeedsAScopeAlsoWhereAnyoneReads) {
  const std::string hidden = square_.publish(jack_, "for my followers", R"({"visibility": "private"})");
  const std::string narrow = square_.token(jack_, "write:statuses");
  EXPECT_EQ(square_.get("/api/v1/statuses/" + hidden, narrow).status, 403);
  EXPECT_EQ(square_.get("/api/v1/statuses/" + hidden, square_.token(jack_, "read:statuses")).status, 200);
}

TEST_F(Routes, AnAbsurdIdIsNotFound) {
  for (const Route& route : routes()) {
    if (route.pattern.find(":id") == std::string_view::npos) continue;
    for (const char* id :
         {"0", "1", "-1", "20", "9223372036854775807", "9223372036854775808", "01H8XGJWBWBAQ4",
          "99999999999999999999999999", "%D9%A1", "1.5", "1%20", "null", "_", "%27"}) {
      const Reply reply = square_.call(route.method, filled(route.pattern, id), {.token = jack_.token});
      EXPECT_EQ(reply.status, 404) << described(route) << " with " << id << ": " << reply.body;
      EXPECT_EQ(reply.at("/error"), "Record not found");
    }
  }
}

TEST_F(Routes, TheOldestIdIsAsGoodAsAny) { EXPECT_EQ(square_.get("/api/v1/statuses/" + post_).status, 200); }

// As they stand in a form: decoded, each is what its name says.
std::vector<std::string> hostile_values() {
  return {"",
          "%",
          "%00",
          "a%00b",
          "%FF%FE",
          "%C3%28",
          "%ED%A0%80",
          "-1",
          "0",
          "-9223372036854775809",
          "9223372036854775807",
          "99999999999999999999",
          "1e309",
          "NaN",
          "true",
          "%27%20OR%201%3D1%20--",
          "%25%5F%2A%22",
          "%E2%80%AE%E2%80%8F",
          "https%3A%2F%2Fa%40b%3Ac",
          "%40%40%40",
          "%F0%9F%98%80",
          std::string(100'000, 'a')};
}

TEST_F(Routes, NoHostileParameterIsAnInternalError) {
  const auto values = hostile_values();
  for (const Route& route : routes()) {
    const std::string path = filled(route.pattern, jack_.id());
    for (const std::string& value : values) {
      // All at once in the query, and each alone in the body, so that no first one hides the rest.
      std::string all;
      for (const std::string_view name : parameter_names) {
        const std::string pair = std::string(name) + "=" + value;
        if (value.size() < 100) all += pair + "&";
        if (route.method == Method::get || value.size() > 100) continue;
        const Reply reply = square_.call(route.method, path, {.token = jack_.token, .body = pair});
        EXPECT_LT(reply.status, 500) << described(route) << " " << pair << ": " << reply.body;
      }
      const Reply reply = square_.call(route.method, fmt::format("{}?{}", path, all), {.token = jack_.token});
      EXPECT_LT(reply.status, 500) << described(route) << " " << value << ": " << reply.body;
      if (value.size() < 100) continue;
      const std::string form = fmt::format("status={0}&q={0}", value);
      const Reply large = square_.call(route.method, path, {.token = jack_.token, .body = form});
      EXPECT_LT(large.status, 500) << described(route);
    }
  }
}

TEST_F(Routes, EachParameterOfAGetMayBeHostileAlone) {
  for (const Route& route : routes()) {
    if (route.method != Method::get || route.pattern.starts_with("/api/v1/streaming")) continue;
    for (const std::string_view name : parameter_names) {
      for (const char* value : {"%00", "%FF", "-1", "99999999999999999999", "%27", "%25"}) {
        const std::string target = filled(route.pattern, jack_.id()) + "?" + std::string(name) + "=" + value;
        const Reply reply = square_.get(target, jack_.token);
        EXPECT_LT(reply.status, 500) << target << ": " << reply.body;
      }
    }
  }
}

TEST_F(Routes, JsonOfAnyShapeIsNoInternalError) {
  std::vector<std::string> bodies{"",
                                  "{",
                                  "null",
                                  "[]",
                                  "[1]",
                                  "\"text\"",
                                  "{\"\":{\"\":[]}}",
                                  "\xff\xfe",
                                  "{\"status\":\"\\ud800\"}",
                                  "{\"status\":\"\\u0000\"}",
                                  std::string(1000, '[') + std::string(1000, ']')};
  std::string deep;
  for (int i = 0; i < 1000; ++i) deep += "{\"a\":";
  bodies.push_back(deep + "1" + std::string(1000, '}'));
  for (const char* value : {"[]", "{}", "[[1]]", "[\"a\",\"b\"]", "{\"a\":{\"b\":1}}", "1", "-1.5", "1e308",
                            "true", "null", "[null]", "[{\"name\":[1]}]"}) {
    std::string object = "{\"x\":1";
    for (const std::string_view name : parameter_names) {
      object += ",\"" + std::string(name.substr(0, name.find('['))) + "\":" + value;
    }
    bodies.push_back(object + "}");
    bodies.push_back(R"({"status":)" + std::string(value) + "}");
  }
  for (const Route& route : routes()) {
    if (route.method == Method::get) continue;
    for (const std::string& body : bodies) {
      const Sent sent{.token = jack_.token, .body = body, .content_type = "application/json"};
      const Reply reply = square_.call(route.method, filled(route.pattern, jack_.id()), sent);
      EXPECT_LT(reply.status, 500) << described(route) << " " << body.substr(0, 80) << ": " << reply.body;
    }
  }
}

TEST_F(Routes, EveryAnswerMayBeReadFromAnyOriginAndIsNotKeptByCaches) {
  for (const char* target : {"/api/v2/instance", "/api/v1/statuses/0", "/api/v1/timelines/home"}) {
    const Reply reply = square_.get(target);
    EXPECT_EQ(reply.header("Access-Control-Allow-Origin"), "*") << target;
    EXPECT_THAT(reply.header("Access-Control-Expose-Headers"), HasSubstr("Link"));
    EXPECT_EQ(reply.header("Cache-Control"), "private, no-store") << target;
    EXPECT_THAT(reply.header("Content-Type"), HasSubstr("application/json"));
  }
}

TEST_F(Routes, ACookieIsNoToken) {
  const Reply reply = square_.call(Method::get, "/api/v1/timelines/home",
                                   {.headers = {{"Cookie", "session=" + jack_.token}}});
  EXPECT_EQ(reply.status, 401);
  EXPECT_EQ(square_.get("/api/v1/timelines/home?access_token=" + jack_.token).status, 401);
}

TEST_F(Routes, TheSchemeOfATokenIsReadWithoutCase) {
  for (const char* scheme : {"Bearer ", "bearer ", "BEARER "}) {
    const Sent sent{.headers = {{"Authorization", scheme + jack_.token}}};
    EXPECT_EQ(square_.call(Method::get, "/api/v1/timelines/home", sent).status, 200) << scheme;
  }
}

TEST_F(Routes, ApiPathsAreTheOnesWhoseErrorsAreJson) {
  for (const Route& route : routes()) EXPECT_TRUE(is_api_path(route.pattern)) << route.pattern;
  EXPECT_TRUE(is_api_path("/api/v1/nothing"));
  for (const char* page : {"/", "/@jack", "/oauth/authorize", "/apiary"})
    EXPECT_FALSE(is_api_path(page)) << page;
}

TEST_F(Routes, PreflightAllowsWhatAppsSend) {
  const net::Response response = preflight("GET, OPTIONS");
  EXPECT_EQ(response.status, 204);
  EXPECT_EQ(response.headers.find("Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(response.headers.find("Access-Control-Allow-Methods"), "GET, OPTIONS");
  for (const char* name : {"Authorization", "Content-Type", "Idempotency-Key"}) {
    EXPECT_THAT(std::string(*response.headers.find("Access-Control-Allow-Headers")), HasSubstr(name));
  }
}

class Limited : public testing::Test {
 protected:
  ApiSquare square_{api::RateLimits::on};
  Named jack_ = square_.join("jack");
  Named biz_ = square_.join("biz");
};

TEST_F(Limited, EveryAnswerSaysWhatIsLeft) {
  const Reply first = square_.get("/api/v1/timelines/home", jack_.token);
  EXPECT_EQ(first.header("X-RateLimit-Limit"), "300");
  EXPECT_EQ(first.header("X-RateLimit-Remaining"), "299");
  EXPECT_EQ(first.header("X-RateLimit-Reset"), "2013-10-01T17:05:00.000Z");
  EXPECT_EQ(square_.get("/api/v1/statuses/0", jack_.token).header("X-RateLimit-Remaining"), "298");
}

TEST_F(Limited, TheCallAfterTheLastIsRefusedUntilTheReset) {
  for (int i = 0; i < 300; ++i) ASSERT_EQ(square_.get("/api/v1/custom_emojis").status, 200) << i;
  const Reply reply = square_.get("/api/v1/custom_emojis");
  EXPECT_EQ(reply.status, 429);
  EXPECT_EQ(reply.at("/error"), "Too many requests");
  EXPECT_EQ(reply.header("X-RateLimit-Remaining"), "0");
  EXPECT_EQ(square_.get("/api/v1/timelines/home", jack_.token).status, 200)
      << "an account has a count of its own";
  EXPECT_EQ(square_.call(Method::get, "/api/v1/custom_emojis", {.address = "203.0.113.10"}).status, 200);
  square_.pass(std::chrono::minutes(5));
  EXPECT_EQ(square_.get("/api/v1/custom_emojis").status, 200);
}

TEST_F(Limited, GuessedTokensAndBrokenParametersCountAsWell) {
  for (int i = 0; i < 150; ++i) {
    EXPECT_EQ(square_.get("/api/v1/timelines/home", "guess").status, 401);
    EXPECT_EQ(square_.get("/api/v1/statuses?id=%ff").status, 400);
  }
  EXPECT_EQ(square_.get("/api/v1/timelines/home", "guess").status, 429);
}

TEST_F(Limited, AHouseholdOfIpv6IsOneClient) {
  for (int i = 0; i < 300; ++i) {
    const Sent sent{.address = "2001:db8::" + std::to_string(i + 1)};
    ASSERT_EQ(square_.call(Method::get, "/api/v1/custom_emojis", sent).status, 200);
  }
  EXPECT_EQ(square_.call(Method::get, "/api/v1/custom_emojis", {.address = "2001:db8::ffff"}).status, 429);
}

TEST_F(Limited, DeletionsAndRegistrationsHaveTheirOwn) {
  for (int i = 0; i < 30; ++i) {
    ASSERT_EQ(square_.call(Method::delete_, "/api/v1/statuses/1", {.token = jack_.token}).status, 404);
  }
  EXPECT_EQ(square_.post("/api/v1/statuses/1/unreblog", jack_.token).status, 429);
  EXPECT_EQ(square_.post("/api/v1/statuses/1/unreblog", biz_.token).status, 404);
  for (int i = 0; i < 25; ++i) ASSERT_EQ(square_.post("/api/v1/apps").status, 422);
  EXPECT_EQ(square_.post("/api/v1/apps").status, 429);
  EXPECT_EQ(square_.post("/api/v1/apps", jack_.token).status, 429) << "an account opens no fresh count";
  EXPECT_EQ(square_.post("/api/v1/accounts", jack_.token).status, 429);
}

TEST_F(Limited, ARefusalSaysWhenToComeAgain) {
  for (int i = 0; i < 25; ++i) square_.post("/api/v1/apps");
  EXPECT_EQ(square_.post("/api/v1/apps").header("Retry-After"), "1800");
  EXPECT_EQ(square_.get("/api/v1/custom_emojis").header("Retry-After"), "");
}

TEST_F(Limited, AnAppWithoutAPersonIsCountedFromAllItsAddressesTogether) {
  const std::string token = square_.app_token("read");
  for (int i = 0; i < 3000; ++i) {
    const Sent sent{.token = token, .address = "10.0.0." + std::to_string(i / 250)};
    ASSERT_EQ(square_.call(Method::get, "/api/v1/custom_emojis", sent).status, 200) << i;
  }
  const Reply reply =
      square_.call(Method::get, "/api/v1/custom_emojis", {.token = token, .address = "192.0.2.1"});
  EXPECT_EQ(reply.status, 429);
  EXPECT_EQ(reply.header("X-RateLimit-Limit"), "3000");
  EXPECT_EQ(square_.call(Method::get, "/api/v1/custom_emojis", {.address = "192.0.2.1"}).status, 200);
}

TEST_F(Limited, OneAddressTakesNothingFromTheOthersWhoUseAnApp) {
  const std::string token = square_.app_token("read");
  for (int i = 0; i < 3100; ++i)
    square_.call(Method::get, "/api/v1/custom_emojis", {.token = token, .address = "192.0.2.1"});
  const Reply reply =
      square_.call(Method::get, "/api/v1/custom_emojis", {.token = token, .address = "192.0.2.2"});
  EXPECT_EQ(reply.status, 200);
}

TEST_F(Limited, SignUpsAndAppsTokensHaveTheirOwn) {
  const std::string token = square_.app_token("write:accounts");
  const auto join = [&](const std::string& handle) {
    return square_.post("/api/v1/accounts", token,
                        "agreement=true&password=a+good+long+one&username=" + handle + "&email=" + handle +
                            "%40square.example");
  };
  EXPECT_EQ(join("no+good").status, 422);
  for (int i = 0; i < 5; ++i) ASSERT_EQ(join("guest" + std::to_string(i)).status, 200) << i;
  const Reply refused = join("guest6");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.header("X-RateLimit-Limit"), "5");
  const auto ask = [&] {
    return square_.call(Method::post, "/oauth/token",
                        {.body = "grant_type=client_credentials&client_id=nobody", .address = "192.0.2.9"});
  };
  for (int i = 0; i < 100; ++i) ASSERT_EQ(ask().status, 401) << i;
  EXPECT_EQ(ask().status, 429);
}

TEST_F(Limited, AnAppsOwnTokenIsKeptByItsUse) {
  const std::string secret = "of the app";
  square_.app().db.write_blocking([&](store::Write& write) {
    store::oauth::insert_token(write,
                               {.client = ClientId{1},
                                .scopes = *Scopes::parse("read"),
                                .expires = write.now() + app::app_token_kept},
                               crypto::sha256(secret));
  });
  for (int i = 0; i < 12; ++i) {
    square_.pass(std::chrono::days(30));
    ASSERT_EQ(square_.get("/api/v1/custom_emojis", secret).status, 200) << i;
  }
  square_.pass(app::app_token_kept);
  EXPECT_EQ(square_.get("/api/v1/custom_emojis", secret).status, 401);
}

TEST_F(Routes, WithoutRateLimitsNothingIsCounted) {
  for (int i = 0; i < 301; ++i) ASSERT_EQ(square_.get("/api/v1/custom_emojis").status, 200);
  EXPECT_EQ(square_.get("/api/v1/custom_emojis").header("X-RateLimit-Limit"), "");
}

}  // namespace
}  // namespace hoopoe::api
