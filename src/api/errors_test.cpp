#include "api/errors.h"

#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/square_test.h"
#include "app/oauth.h"
#include "base/refusal.h"

namespace hoopoe::api {
namespace {

template <class Error>
net::Response rendered(const Error& error) {
  return render_error({}, std::make_exception_ptr(error));
}

TEST(Errors, EachKindOfRefusalHasItsStatus) {
  const std::vector<std::pair<RefusalKind, int>> statuses{
      {RefusalKind::bad_request, 400}, {RefusalKind::unauthorized, 401}, {RefusalKind::forbidden, 403},
      {RefusalKind::not_found, 404},   {RefusalKind::conflict, 409},     {RefusalKind::too_large, 413},
      {RefusalKind::misdirected, 421}, {RefusalKind::invalid, 422},      {RefusalKind::too_many, 429},
      {RefusalKind::unavailable, 503}};
  for (const auto& [kind, status] : statuses) {
    const net::Response response = rendered(Refusal(kind, "Words"));
    EXPECT_EQ(response.status, status);
    EXPECT_EQ(response.body, R"({"error":"Words"})");
    EXPECT_EQ(response.headers.find("Content-Type"), "application/json; charset=utf-8");
  }
}

TEST(Errors, ATombstoneIsNotToldFromWhatNeverWas) {
  const net::Response response = rendered(Refusal(RefusalKind::gone, "This post was deleted."));
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.body, R"({"error":"Record not found"})");
}

TEST(Errors, WhoeverIsToComeBackLaterIsToldWhen) {
  EXPECT_TRUE(rendered(Refusal(RefusalKind::unavailable, "Busy")).headers.find("Retry-After"));
}

TEST(Errors, DetailsAreListedByField) {
  const net::Response response =
      rendered(Refusal(RefusalKind::invalid, "Validation failed: Username can't be blank",
                       {{"username", "ERR_BLANK", "can't be blank"}, {"username", "ERR_TAKEN", "is taken"}}));
  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(
      response.body,
      R"({"error":"Validation failed: Username can't be blank","details":{"username":[)"
      R"({"error":"ERR_BLANK","description":"can't be blank"},{"error":"ERR_TAKEN","description":"is taken"}]}})");
}

TEST(Errors, ARefusalOfOAuthHasItsCodeAndItsWords) {
  const net::Response response =
      rendered(app::OAuthRefusal(RefusalKind::bad_request, "invalid_grant", "It is used."));
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(response.body, R"({"error":"invalid_grant","error_description":"It is used."})");
}

TEST(Errors, AnUnknownCauseIsNotShown) {
  const net::Response response = rendered(std::runtime_error("no such table: people"));
  EXPECT_EQ(response.status, 500);
  EXPECT_EQ(response.body.find("people"), std::string::npos);
}

TEST(Errors, AStoreThatIsStoppedAnswers503WithRetryAfterAndWritesNothing) {
  ApiSquare square;
  const Named jack = square.join("jack");
  square.app().db.stop();
  const Reply reply = square.post("/api/v1/statuses", jack.token, "status=hello");
  EXPECT_EQ(reply.status, 503);
  EXPECT_NE(reply.header("Retry-After"), "");
  EXPECT_NE(reply.at("/error"), "absent");
  EXPECT_EQ(square.get("/api/v1/timelines/public").body, "[]");
}

}  // namespace
}  // namespace hoopoe::api
