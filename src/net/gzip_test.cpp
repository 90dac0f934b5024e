#include "net/gzip.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "net/test_gzip.h"

namespace hoopoe::net {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(AcceptsGzip, AsBrowsersAndProgramsSayIt) {
  for (const char* value :
       {"gzip", "gzip, deflate, br, zstd", "deflate, GZIP;q=0.5", "br;q=1.0, gzip;q=0.8, *;q=0.1", "x-gzip",
        "*", "identity, *;q=0.001", "\tgzip ; q=1", ",,gzip"}) {
    EXPECT_TRUE(accepts_gzip(value)) << value;
  }
}

TEST(AcceptsGzip, NotWhatIsRefusedOrUnnamed) {
  for (const char* value : {"", "br", "identity", "gzip;q=0", "gzip; q=0.000", "*;q=0", "gzip;q=0, *",
                            "*, gzip;Q=0.0", "gzipped", "g zip", "gzip;q=", ",", ";"}) {
    EXPECT_FALSE(accepts_gzip(value)) << value;
  }
}

TEST(Gzip, GivesBackWhatWentIn) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += std::to_string(i * 7919 % 1000) + " هدهد ";
  for (const std::string& bytes : {std::string(), std::string("a"), std::string(100'000, '\0'), text}) {
    EXPECT_EQ(gunzip(gzip(bytes, Effort::fast)), bytes);
    EXPECT_EQ(gunzip(gzip(bytes, Effort::small)), bytes);
  }
  EXPECT_LT(gzip(text, Effort::small).size(), text.size() / 4);
}

Response text_of(std::size_t size, std::string_view type = "application/json; charset=utf-8") {
  Response response{.body = std::string(size, 'a')};
  response.headers.add("Content-Type", type);
  return response;
}

Request asks_for(std::string_view encoding) {
  Request request;
  request.headers.add("Accept-Encoding", encoding);
  return request;
}

TEST(Compress, WhatIsLongAndTextForWhoTakesIt) {
  for (const char* type :
       {"application/json; charset=utf-8", "text/html; charset=utf-8", "text/css", "image/svg+xml"}) {
    Response response = text_of(2000, type);
    compress(asks_for("gzip"), response);
    EXPECT_EQ(response.headers.find("Content-Encoding"), "gzip");
    EXPECT_THAT(response.headers.all("Vary"), ElementsAre("Accept-Encoding"));
    EXPECT_EQ(gunzip(response.content()), std::string(2000, 'a'));
  }
}

TEST(Compress, ASharedBodyIsNotChanged) {
  Response response = text_of(0);
  const auto shared = std::make_shared<const std::string>(5000, 'b');
  response.shared_body = shared;
  compress(asks_for("gzip"), response);
  EXPECT_EQ(gunzip(response.content()), *shared);
  EXPECT_EQ(*shared, std::string(5000, 'b'));
}

TEST(Compress, WhoDoesNotTakeItGetsItPlainAndIsToldThatItDepends) {
  Response response = text_of(2000);
  compress(asks_for("br"), response);
  EXPECT_EQ(response.content().size(), 2000);
  EXPECT_FALSE(response.headers.find("Content-Encoding"));
  EXPECT_THAT(response.headers.all("Vary"), ElementsAre("Accept-Encoding"));
}

TEST(Compress, NotWhatIsShortOrNoTextOrEncodedOrEmpty) {
  Response encoded = text_of(2000);
  encoded.headers.add("Content-Encoding", "gzip");
  Response unchanged = text_of(2000);
  unchanged.status = 304;
  for (Response response : {text_of(1023), text_of(2000, "image/png"), encoded, unchanged}) {
    const std::string before = response.headers.lines();
    compress(asks_for("gzip"), response);
    EXPECT_EQ(response.headers.lines(), before);
    EXPECT_THAT(response.headers.all("Vary"), IsEmpty());
  }
  for (const char* type : {"text/html; charset=utf-8", "application/json",
                           "application/rss+xml; charset=utf-8", "application/feed+json", "image/svg+xml"}) {
    EXPECT_TRUE(is_compressible(text_of(1024, type))) << type;
  }
}

}  // namespace
}  // namespace hoopoe::net
