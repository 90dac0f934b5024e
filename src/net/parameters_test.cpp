#include "net/parameters.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/refusal.h"

namespace hoopoe::net {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Request request_with(std::string_view content_type, std::string_view body, std::string_view query = "") {
  Request request;
  if (!content_type.empty()) request.headers.add("Content-Type", content_type);
  request.body = body;
  request.query = query;
  return request;
}

Parameters read(Request request) { return Parameters::of(request); }

Parameters form(std::string_view body) {
  return read(request_with("application/x-www-form-urlencoded; charset=UTF-8", body));
}

// The public text of the refusal, or "accepted".
std::string refusal_of(Request request) {
  try {
    Parameters::of(request);
    return "accepted";
  } catch (const Refusal& refusal) {
    EXPECT_EQ(refusal.kind, RefusalKind::bad_request);
    return refusal.what();
  }
}

TEST(Parameters, ComeFromQueryAndBodyAndTheBodyWins) {
  const auto parameters = read(request_with("application/x-www-form-urlencoded", "scopes=read+write&a=2",
                                            "a=1&client_name=Ice%20Cubes"));
  EXPECT_EQ(parameters.get("client_name"), "Ice Cubes");
  EXPECT_EQ(parameters.get("scopes"), "read write");
  EXPECT_EQ(parameters.get("a"), "2");
  EXPECT_EQ(parameters.get("b"), std::nullopt);
}

TEST(Parameters, TakeTheBodyWithThem) {
  Request request = request_with("application/x-www-form-urlencoded", "a=" + std::string(1000, '1'));
  EXPECT_EQ(Parameters::of(request).get("a")->size(), 1000U);
  EXPECT_LT(request.body.capacity(), 1000U);
}

TEST(Parameters, AListIsFoundWithAndWithoutItsBrackets) {
  EXPECT_THAT(form("id[]=1&id%5B%5D=2&id=3&ids=4").all("id"), ElementsAre("1", "2", "3"));
}

TEST(Parameters, APairMayLackItsValueOrBeEmpty) {
  const auto parameters = form("&a&b=&&c=d=e&");
  EXPECT_EQ(parameters.get("a"), "");
  EXPECT_EQ(parameters.get("b"), "");
  EXPECT_EQ(parameters.get("c"), "d=e");
  EXPECT_EQ(parameters.size(), 3U);
}

TEST(Parameters, ReadAFlagAsAppsSendIt) {
  const auto parameters = form("a=true&b=1&c=on&d=True&e=false&f=0&g=off&h=&i=maybe");
  for (const auto* yes : {"a", "b", "c", "d"}) EXPECT_EQ(parameters.flag(yes), true) << yes;
  for (const auto* no : {"e", "f", "g"}) EXPECT_EQ(parameters.flag(no), false) << no;
  EXPECT_EQ(parameters.flag("h"), std::nullopt);
  EXPECT_EQ(parameters.flag("absent"), std::nullopt);
  EXPECT_THROW(parameters.flag("i"), Refusal);
}

TEST(Parameters, ReadAWholeNumberOrRefuse) {
  const auto parameters = form("limit=40&offset=-1&bad=4x&huge=99999999999999999999&empty=");
  EXPECT_EQ(parameters.integer("limit"), 40);
  EXPECT_EQ(parameters.integer("offset"), -1);
  EXPECT_EQ(parameters.integer("empty"), std::nullopt);
  EXPECT_THROW(parameters.integer("bad"), Refusal);
  EXPECT_THROW(parameters.integer("huge"), Refusal);
}

TEST(Parameters, GroupAListOfObjectsByIndexOrByRepetition) {
  const auto check = [](const Parameters& parameters) {
    const auto keywords = parameters.each("keywords");
    ASSERT_EQ(keywords.size(), 2U);
    EXPECT_EQ(keywords[0].get("keyword"), "spoiler");
    EXPECT_EQ(keywords[0].get("whole_word"), "1");
    EXPECT_EQ(keywords[1].get("keyword"), "finale");
    EXPECT_EQ(keywords[1].get("whole_word"), std::nullopt);
  };
  check(form("keywords[7][keyword]=spoiler&keywords[9][keyword]=finale&keywords[7][whole_word]=1"));
  check(form("keywords[][keyword]=spoiler&keywords[][whole_word]=1&keywords[][keyword]=finale"));
  check(read(request_with("application/json",
                          R"({"keywords":[{"keyword":"spoiler","whole_word":1},{"keyword":"finale"}]})")));
}

TEST(Parameters, WhatIsMalformedIsRefusedWithAText) {
  EXPECT_THAT(refusal_of(request_with("", "", "a=%zz")), HasSubstr("send %25"));
  EXPECT_THAT(refusal_of(request_with("", "", "a=%ff")), HasSubstr("UTF-8"));
  EXPECT_THAT(refusal_of(request_with("", "", "a=%00")), HasSubstr("NUL"));
  EXPECT_THAT(refusal_of(request_with("text/plain", "a=1")), HasSubstr("Content-Type"));
  EXPECT_THAT(refusal_of(request_with("", "a=1")), HasSubstr("Content-Type"));
  EXPECT_THAT(refusal_of(request_with("", "", std::string(300, 'a') + "=1")), HasSubstr("256 bytes"));
}

TEST(Parameters, MoreThanTheLimitAreRefused) {
  std::string query;
  for (int i = 0; i < 1'000; ++i) query += "a=1&";
  EXPECT_EQ(refusal_of(request_with("", "", query)), "accepted");
  EXPECT_THAT(refusal_of(request_with("", "", query + "a=1")), HasSubstr("1000"));
}

}  // namespace
}  // namespace hoopoe::net
