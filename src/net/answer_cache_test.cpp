#include "net/answer_cache.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "net/test_gzip.h"

namespace hoopoe::net {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

class AnswerCacheTest : public testing::Test {
 protected:
  static Request asks(std::string_view target, std::string_view encoding = "") {
    Request request{.target = std::string(target), .host = "square.test"};
    if (!encoding.empty()) request.headers.add("Accept-Encoding", encoding);
    return request;
  }
  static Response answer(std::string body, std::string_view cache = "public, max-age=5") {
    Response response{.body = std::move(body)};
    response.headers.add("Content-Type", "text/html; charset=utf-8");
    response.headers.add("Cache-Control", cache);
    return response;
  }
  // What whoever asks gets out of the cache.
  std::string kept(const Request& request, Version version) {
    const auto response = answers_.find(request, version);
    return response ? response->content() : "nothing";
  }

  std::chrono::steady_clock::time_point now_{};
  AnswerCache answers_{{.bytes_max = 10'000, .now = [this] { return now_; }}};
};

TEST_F(AnswerCacheTest, GivesWhatWasKeptForTheSameAddressAndVersion) {
  EXPECT_EQ(answers_.keep(asks("/a"), 7, answer("one")).content(), "one");
  EXPECT_EQ(kept(asks("/a"), 7), "one");
  EXPECT_EQ(kept(asks("/a?"), 7), "nothing");
  EXPECT_EQ(kept(asks("/a"), 8), "nothing");
  EXPECT_EQ(kept(asks("/a"), 6), "nothing");
  Request elsewhere = asks("/a");
  elsewhere.host = "square.onion";
  EXPECT_EQ(kept(elsewhere, 7), "nothing");
  Request secure = asks("/a");
  secure.secure = true;
  EXPECT_EQ(kept(secure, 7), "nothing");
  Request sparing = asks("/a");
  sparing.headers.add("Save-Data", "on");
  EXPECT_EQ(kept(sparing, 7), "nothing");
  Response without_pictures = answer("one without pictures");
  without_pictures.headers.add("Vary", "Save-Data");
  answers_.keep(sparing, 7, std::move(without_pictures));
  EXPECT_EQ(kept(sparing, 7), "one without pictures");
  EXPECT_EQ(kept(asks("/a"), 7), "one");
  answers_.keep(asks("/a"), 8, answer("two"));
  EXPECT_EQ(kept(asks("/a"), 8), "two");
}

TEST_F(AnswerCacheTest, WhatHangsOnTheClockIsAnsweredAnewInTime) {
  answers_.keep(asks("/a"), 7, answer("one"));
  now_ += milliseconds(5000);
  EXPECT_EQ(kept(asks("/a"), 7), "one");
  now_ += milliseconds(1);
  EXPECT_EQ(kept(asks("/a"), 7), "nothing");
}

TEST_F(AnswerCacheTest, WhatIsImmutableHoldsForGood) {
  answers_.keep(asks("/style.css?v=1"), std::nullopt, answer("p{}", "public, max-age=31536000, immutable"));
  now_ += std::chrono::hours(24 * 365);
  EXPECT_EQ(kept(asks("/style.css?v=1"), 99), "p{}");
}

TEST_F(AnswerCacheTest, KeepsNothingOfAMomentThatWasNotCertain) {
  EXPECT_EQ(answers_.keep(asks("/a"), std::nullopt, answer("one")).content(), "one");
  EXPECT_EQ(kept(asks("/a"), 0), "nothing");
}

TEST_F(AnswerCacheTest, KeepsNothingThatIsForOne) {
  Response with_cookie = answer("cookie");
  with_cookie.headers.add("Set-Cookie", "a=b");
  Response by_language = answer("language");
  by_language.headers.add("Vary", "Accept-Language");
  Response missing = answer("missing");
  missing.status = 404;
  Response streamed = answer("");
  streamed.source = [] { return Task<std::optional<std::string>>(); };
  for (const Response& response :
       {answer("private", "private, no-store"), with_cookie, by_language, missing, streamed}) {
    const Response given = answers_.keep(asks("/a"), 7, response);
    EXPECT_EQ(given.content(), response.content());
    EXPECT_FALSE(given.headers.find("ETag"));
    EXPECT_EQ(kept(asks("/a"), 7), "nothing") << response.content();
  }
}

TEST_F(AnswerCacheTest, WhatHasAnEntityTagWasKeptByItsMaker) {
  Response tagged = answer("picture");
  tagged.headers.add("ETag", "\"its own\"");
  const Response given = answers_.keep(asks("/a"), 7, tagged);
  EXPECT_EQ(given.headers.all("ETag").size(), 1U);
  EXPECT_EQ(given.headers.find("ETag"), "\"its own\"");
  EXPECT_EQ(kept(asks("/a"), 7), "nothing");
}

TEST_F(AnswerCacheTest, WhoSaysWhoTheyAreIsNotServed) {
  Request request = asks("/a");
  EXPECT_TRUE(AnswerCache::may_serve(request));
  request.method = Method::head;
  EXPECT_TRUE(AnswerCache::may_serve(request));
  for (const char* field : {"Cookie", "authorization"}) {
    Request known = asks("/a");
    known.headers.add(field, "me");
    EXPECT_FALSE(AnswerCache::may_serve(known)) << field;
  }
  request.method = Method::post;
  EXPECT_FALSE(AnswerCache::may_serve(request));
}

TEST_F(AnswerCacheTest, AReaderWhoHasItAlreadyGetsNoBody) {
  const Response first = answers_.keep(asks("/a"), 7, answer("one"));
  const std::string tag(first.headers.find("ETag").value());
  EXPECT_THAT(tag, testing::MatchesRegex(R"(W/"[A-Za-z0-9_-]{22}")"));
  for (const std::string& known : {tag, tag.substr(2), "\"x\" , " + tag, std::string("*")}) {
    Request again = asks("/a");
    again.headers.add("If-None-Match", known);
    const auto unchanged = answers_.find(again, 7);
    ASSERT_TRUE(unchanged);
    EXPECT_EQ(unchanged->status, 304) << known;
    EXPECT_EQ(unchanged->content(), "");
    EXPECT_EQ(unchanged->headers.find("ETag"), tag);
    EXPECT_EQ(answers_.keep(again, 8, answer("one")).status, 304) << "made anew, and the same";
    EXPECT_EQ(answers_.keep(again, 8, answer("two")).status, known == "*" ? 304 : 200);
    answers_.keep(asks("/a"), 7, answer("one"));
  }
  Request other = asks("/a");
  other.headers.add("If-None-Match", "W/\"other\"");
  EXPECT_EQ(answers_.find(other, 7)->status, 200);
}

TEST_F(AnswerCacheTest, GivesEachTheEncodingTheyTake) {
  const std::string text(3000, 'a');
  answers_.keep(asks("/a"), 7, answer(text));
  for (int twice = 0; twice < 2; ++twice) {
    const auto packed = answers_.find(asks("/a", "gzip"), 7);
    ASSERT_TRUE(packed);
    EXPECT_EQ(packed->headers.find("Content-Encoding"), "gzip");
    EXPECT_THAT(packed->headers.lines(), HasSubstr("Vary: Accept-Encoding\r\n"));
    EXPECT_EQ(gunzip(packed->content()), text);
    const auto plain = answers_.find(asks("/a"), 7);
    ASSERT_TRUE(plain);
    EXPECT_FALSE(plain->headers.find("Content-Encoding"));
    EXPECT_THAT(plain->headers.lines(), HasSubstr("Vary: Accept-Encoding\r\n"));
    EXPECT_EQ(plain->content(), text);
  }
  EXPECT_EQ(gunzip(answers_.keep(asks("/b", "gzip"), std::nullopt, answer(text)).content()), text);
}

TEST_F(AnswerCacheTest, WhatWasUsedLongestAgoMakesRoom) {
  for (const char* target : {"/a", "/b", "/c"})
    answers_.keep(asks(target), 7, answer(std::string(2500, 'a')));
  EXPECT_EQ(kept(asks("/a"), 7).size(), 2500);
  answers_.keep(asks("/d"), 7, answer(std::string(2500, 'd')));
  EXPECT_EQ(kept(asks("/b"), 7), "nothing");
  EXPECT_EQ(kept(asks("/a"), 7).size(), 2500);
  EXPECT_EQ(kept(asks("/c"), 7).size(), 2500);
  EXPECT_EQ(kept(asks("/d"), 7).size(), 2500);
  answers_.keep(asks("/huge"), 7, answer(std::string(10'000, 'e')));
  EXPECT_EQ(kept(asks("/huge"), 7), "nothing");
  EXPECT_EQ(kept(asks("/d"), 7).size(), 2500) << "what does not fit drives nobody out";
}

}  // namespace
}  // namespace hoopoe::net
