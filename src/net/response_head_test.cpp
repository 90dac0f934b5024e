#include "net/response_head.h"

#include <memory>

#include <gtest/gtest.h>

#include "base/ensure.h"
#include "net/stream.h"

namespace hoopoe::net {
namespace {

TEST(ResponseHead, HasStatusDateFieldsAndLength) {
  Response response{.status = 404, .body = "gone"};
  response.headers.add("X-A", "1");
  EXPECT_EQ(response_head(response, "today", Ending::keep_alive),
            "HTTP/1.1 404 Not Found\r\nDate: today\r\nX-A: 1\r\nContent-Length: 4\r\n\r\n");
}

TEST(ResponseHead, SaysThatTheConnectionCloses) {
  EXPECT_EQ(response_head({.status = 204}, "today", Ending::close),
            "HTTP/1.1 204 No Content\r\nDate: today\r\nConnection: close\r\n\r\n");
}

TEST(ResponseHead, AStreamHasNoLength) {
  EXPECT_EQ(response_head({.stream = std::make_shared<Stream>()}, "today", Ending::close),
            "HTTP/1.1 200 OK\r\nDate: today\r\nConnection: close\r\n\r\n");
}

TEST(ResponseHead, ABodyThatIsMadeWhileItIsSentHasChunksOrTheEndOfTheConnection) {
  const Response response{.source = []() -> Task<std::optional<std::string>> { co_return std::nullopt; }};
  EXPECT_EQ(response_head(response, "today", Ending::keep_alive),
            "HTTP/1.1 200 OK\r\nDate: today\r\nTransfer-Encoding: chunked\r\n\r\n");
  EXPECT_EQ(response_head(response, "today", Ending::close_of_http10),
            "HTTP/1.1 200 OK\r\nDate: today\r\nConnection: close\r\n\r\n");
  Response two_bodies = response;
  two_bodies.body = "one more";
  EXPECT_THROW(check({}, two_bodies), Bug);
}

TEST(ResponseHead, WhatTheRequestMayNotGetIsABug) {
  Response two_lengths;
  two_lengths.headers.add("content-length", "1");
  EXPECT_THROW(check({}, two_lengths), Bug);
  EXPECT_THROW(check({}, {.status = 100}), Bug);
  EXPECT_THROW(check({}, {.websocket = WebSocket{}}), Bug);
  EXPECT_NO_THROW(check({}, {.status = 301}));
}

}  // namespace
}  // namespace hoopoe::net
