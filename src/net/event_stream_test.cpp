#include "net/event_stream.h"

#include <future>
#include <thread>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "net/server.h"
#include "net/test_client.h"

namespace hoopoe::net {
namespace {

using std::chrono::milliseconds;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

Message message(std::string text) { return std::make_shared<const std::string>(std::move(text)); }

// A server whose every answer is a stream that the test holds, weakly, as a hub does.
class EventStreamTest : public testing::Test {
 protected:
  // A reader that has seen the head, and its stream.
  std::pair<TestClient, std::weak_ptr<Stream>> subscribe(StreamOptions with = {}) {
    opened = {};
    stream_options = std::move(with);
    TestClient client(server.ports().front());
    client.send("GET /stream HTTP/1.1\r\nHost: h\r\n\r\n");
    auto stream = opened.get_future().get();
    head = client.read_until("\r\n\r\n");
    return {std::move(client), std::move(stream)};
  }

  Task<Response> open(Request&) {
    auto stream = std::make_shared<Stream>(stream_options);
    opened.set_value(stream);
    Response response;
    response.headers.add("Content-Type", "text/event-stream");
    response.body = ":)\n";
    response.stream = std::move(stream);
    co_return response;
  }

  void SetUp() override { server.start(); }

  // What is promised about a reader that left is true soon after; the reader's leaving is noticed by sending.
  static void wait_until_gone(const std::weak_ptr<Stream>& stream) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (const auto held = stream.lock()) {
      if (std::chrono::steady_clock::now() > end) return ADD_FAILURE() << "the stream is still held";
      held->send(message("x"));
      std::this_thread::yield();
    }
  }

  std::string head;
  StreamOptions stream_options;
  std::promise<std::weak_ptr<Stream>> opened;
  Server server{{.listen = {"127.0.0.1:0"}, .threads = 1},
                [this](Request& request) { return open(request); }};
};

TEST_F(EventStreamTest, MessagesComeAsTheyAreAfterTheHeadAndTheBody) {
  auto [client, stream] = subscribe();
  EXPECT_THAT(head, AllOf(HasSubstr("text/event-stream"), Not(HasSubstr("Content-Length"))));
  EXPECT_TRUE(stream.lock()->send(message("event: update\ndata: {}\n\n")));
  EXPECT_TRUE(stream.lock()->send(message("data: 2\n\n")));
  EXPECT_EQ(client.read_until("data: 2\n\n"), ":)\nevent: update\ndata: {}\n\ndata: 2\n\n");
}

TEST_F(EventStreamTest, ClosingSendsTheRestAndThenEnds) {
  auto [client, stream] = subscribe();
  if (const auto held = stream.lock()) {
    for (int i = 0; i < 200; ++i) held->send(message(std::string(1'000, 'x')));
    held->close();
  }
  EXPECT_EQ(client.read_all().size(), 200'003U);
  EXPECT_TRUE(client.ended());
}

TEST_F(EventStreamTest, AQuietReaderGetsTheHeartbeat) {
  auto [client, stream] =
      subscribe({.heartbeat = message(":thump\n\n"), .heartbeat_interval = milliseconds(100)});
  EXPECT_THAT(client.read_until(":thump\n\n:thump\n\n"), StartsWith(":)\n:thump"));
}

TEST_F(EventStreamTest, APollThatNothingAnswersEnds) {
  auto [client, stream] =
      subscribe({.heartbeat_interval = milliseconds(100), .ends = StreamEnds::after_first_message});
  EXPECT_EQ(client.read_all(), ":)\n");
  EXPECT_TRUE(client.ended());
}

TEST_F(EventStreamTest, APollEndsBehindItsMessage) {
  auto [client, stream] = subscribe({.ends = StreamEnds::after_first_message});
  stream.lock()->send(message("data: 1\n\n"));
  EXPECT_EQ(client.read_all(), ":)\ndata: 1\n\n");
}

TEST_F(EventStreamTest, WhenTheReaderLeavesTheServerLetsTheStreamGo) {
  auto [client, stream] = subscribe();
  client.leave();
  wait_until_gone(stream);
  EXPECT_TRUE(stream.expired());
}

TEST_F(EventStreamTest, AReaderThatTakesNothingIsDroppedAndDoesNotHoldTheDrain) {
  auto [client, stream] = subscribe();
  const auto large = message(std::string(200'000, 'x'));
  // First the socket fills up, then the queue; a message at a time, so that the queue alone isn't what fills.
  const auto held = stream.lock();
  while (held->send(large)) std::this_thread::yield();
  EXPECT_TRUE(held->closed());
}

TEST_F(EventStreamTest, StoppingTheServerEndsTheStream) {
  auto [client, stream] = subscribe();
  const auto held = stream.lock();
  held->send(message("data: last\n\n"));
  server.stop(std::chrono::seconds(10));
  EXPECT_EQ(client.read_all(), ":)\ndata: last\n\n");
  EXPECT_TRUE(held->closed());
}

TEST_F(EventStreamTest, WhatAReaderSendsIsDropped) {
  auto [client, stream] = subscribe();
  client.send("GET /other HTTP/1.1\r\nHost: h\r\n\r\n");
  stream.lock()->send(message("data: 1\n\n"));
  EXPECT_EQ(client.read_until("data: 1\n\n"), ":)\ndata: 1\n\n");
}

TEST_F(EventStreamTest, HeadGetsNoStream) {
  TestClient client(server.ports().front());
  client.send("HEAD /stream HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_THAT(client.read_all(), testing::EndsWith("\r\n\r\n"));
  EXPECT_TRUE(opened.get_future().get().expired());
}

}  // namespace
}  // namespace hoopoe::net
