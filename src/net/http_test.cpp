#include "net/http.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/ensure.h"

namespace hoopoe::net {
namespace {

using testing::ElementsAre;

TEST(Headers, AreFoundWithoutCaseInTheirOrder) {
  Headers headers;
  headers.add("Link", "<a>");
  headers.add("ETag", "\"1\"");
  headers.add("link", "<b>");
  EXPECT_EQ(headers.find("LINK"), "<a>");
  EXPECT_THAT(headers.all("link"), ElementsAre("<a>", "<b>"));
  EXPECT_EQ(headers.find("Location"), std::nullopt);
}

TEST(Headers, SetReplacesAllOfThatName) {
  Headers headers;
  headers.add("Vary", "Accept");
  headers.add("ETag", "\"1\"");
  headers.add("vary", "Cookie");
  headers.set("VARY", "Origin");
  EXPECT_EQ(headers.lines(), "ETag: \"1\"\r\nVARY: Origin\r\n");
  EXPECT_EQ(headers.find("etag"), "\"1\"");
  EXPECT_EQ(headers.find("vary"), "Origin");
}

TEST(Headers, AValueCannotStartANewLine) {
  Headers headers;
  headers.add("Location", "/a\r\nSet-Cookie: evil=1\n");
  EXPECT_EQ(headers.lines(), "Location: /a  Set-Cookie: evil=1 \r\n");
}

TEST(Headers, ANameThatIsNoTokenIsABug) {
  Headers headers;
  EXPECT_THROW(headers.add("Bad Name", ""), Bug);
  EXPECT_THROW(headers.add("", ""), Bug);
  EXPECT_THROW(headers.add("Evil\r\nX", ""), Bug);
}

TEST(Request, FindsACookieByItsWholeName) {
  Request request;
  request.headers.add("Cookie", "xsession=no; session=a=b ;theme=dark");
  request.headers.add("Cookie", "late=1");
  EXPECT_EQ(request.cookie("session"), "a=b");
  EXPECT_EQ(request.cookie("theme"), "dark");
  EXPECT_EQ(request.cookie("late"), "1");
  EXPECT_EQ(request.cookie("Session"), std::nullopt);
}

TEST(Request, TwoCookiesOfOneNameAreNoneUnlessTheyAreTheSame) {
  Request request;
  request.headers.add("Cookie", "session=mine; theme=dark; session=planted");
  request.headers.add("Cookie", "theme=dark");
  EXPECT_EQ(request.cookie("session"), std::nullopt);
  EXPECT_EQ(request.cookie("theme"), "dark");
}

TEST(Request, SavesDataWhenItSaysOn) {
  const auto saves = [](std::string_view value) {
    Request request;
    if (!value.empty()) request.headers.add("Save-Data", value);
    return request.saves_data();
  };
  EXPECT_TRUE(saves("on"));
  EXPECT_TRUE(saves("ON"));
  EXPECT_FALSE(saves("off"));
  EXPECT_FALSE(saves(""));
}

TEST(Request, WantsAWebSocketOnlyWhenItSaysSoTwice) {
  Request request;
  request.headers.add("Upgrade", "WebSocket");
  EXPECT_FALSE(request.wants_websocket());
  request.headers.add("Connection", "keep-alive, Upgrade");
  EXPECT_TRUE(request.wants_websocket());
  request.method = Method::post;
  EXPECT_FALSE(request.wants_websocket());
}

TEST(Response, SendsTheSharedBodyWhereThereIsOne) {
  Response response{.body = "own"};
  EXPECT_EQ(response.content(), "own");
  response.shared_body = std::make_shared<const std::string>("shared");
  EXPECT_EQ(response.content(), "shared");
}

TEST(StatusOf, SaysWhyARequestEnded) {
  EXPECT_EQ(status_of(RefusalKind::bad_request), 400);
  EXPECT_EQ(status_of(RefusalKind::gone), 410);
  EXPECT_EQ(status_of(RefusalKind::unavailable), 503);
}

TEST(HttpDate, IsTheFixedFormInGmt) {
  EXPECT_EQ(http_date(from_milliseconds(1380651825678)), "Tue, 01 Oct 2013 18:23:45 GMT");
  EXPECT_EQ(http_date(from_milliseconds(0)), "Thu, 01 Jan 1970 00:00:00 GMT");
}

}  // namespace
}  // namespace hoopoe::net
