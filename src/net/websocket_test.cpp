#include "net/websocket.h"

#include <future>
#include <stdexcept>
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

enum class Opcode : unsigned char { continuation = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 };
enum class Final { no, yes };

// A frame as a client sends it (RFC 6455, section 5.2). The mask is zero, so that the bytes stay readable.
std::string frame(Opcode opcode, const std::string& payload, Final final = Final::yes) {
  std::string bytes(1, static_cast<char>(static_cast<int>(opcode) | (final == Final::yes ? 0x80 : 0)));
  if (payload.size() < 126) {
    bytes += static_cast<char>(0x80 | payload.size());
  } else {
    bytes += static_cast<char>(0x80 | 127);
    for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(payload.size() >> shift);
  }
  return bytes + std::string(4, '\0') + payload;
}

// The same as the server sends it, for payloads under 126 bytes.
std::string server_frame(Opcode opcode, const std::string& payload) {
  return std::string{static_cast<char>(0x80 | static_cast<int>(opcode)), static_cast<char>(payload.size())} +
         payload;
}

std::string close_frame(int code) {
  return server_frame(Opcode::close, {static_cast<char>(code >> 8), static_cast<char>(code & 0xff)});
}

const std::string handshake =
    "GET /api/v1/streaming HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

// Every WebSocket answers what it hears with "heard: ..."; the token is the subprotocol, as Mastodon apps
// send it.
class WebSocketTest : public testing::Test {
 protected:
  TestClient connect(const std::string& more_fields = "") {
    TestClient client(server->ports().front());
    client.send(handshake + more_fields + "\r\n");
    head = client.read_until("\r\n\r\n");
    return client;
  }

  Task<Response> open(Request& request) {
    auto stream = std::make_shared<Stream>(StreamOptions{.heartbeat_interval = heartbeat_interval});
    latest = stream;
    Response response;
    response.websocket = WebSocket{.out = stream,
                                   .on_message =
                                       [weak = std::weak_ptr(stream)](std::string_view heard) {
                                         if (heard == "fail") throw std::runtime_error("failed");
                                         const auto held = weak.lock();
                                         if (held && heard == "bye") return held->close();
                                         if (held) held->send(message("heard: " + std::string(heard)));
                                       },
                                   .subprotocol = std::string(request.header("Sec-WebSocket-Protocol"))};
    co_return response;
  }

  void SetUp() override { server->start(); }

  // The server has dropped the latest stream, or does so soon.
  bool is_let_go() const {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!latest.expired() && std::chrono::steady_clock::now() < end) std::this_thread::yield();
    return latest.expired();
  }

  std::string head;
  milliseconds heartbeat_interval = std::chrono::seconds(15);
  std::weak_ptr<Stream> latest;
  std::unique_ptr<Server> server =
      std::make_unique<Server>(ServerOptions{.listen = {"127.0.0.1:0"}, .threads = 1},
                               [this](Request& request) { return open(request); });
};

TEST_F(WebSocketTest, TheHandshakeIsAnsweredWithTheSubprotocol) {
  connect("Sec-WebSocket-Protocol: token-of-malala\r\n");
  EXPECT_THAT(head, AllOf(StartsWith("HTTP/1.1 101"), HasSubstr("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="),
                          HasSubstr("Sec-WebSocket-Protocol: token-of-malala\r\n"), HasSubstr("Date: "),
                          Not(HasSubstr("Extensions"))));
}

TEST_F(WebSocketTest, AHandshakeOfAnotherVersionIsRefused) {
  TestClient client(server->ports().front());
  client.send(
      "GET / HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Version: 8\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
  EXPECT_THAT(client.read_until("\r\n\r\n"),
              AllOf(StartsWith("HTTP/1.1 4"), HasSubstr("Sec-WebSocket-Version: 13")));
}

TEST_F(WebSocketTest, TextGoesBothWays) {
  auto client = connect();
  const auto expected = server_frame(Opcode::text, "heard: hello");
  EXPECT_EQ(client.send(frame(Opcode::text, "hello")).read(expected.size()), expected);
  EXPECT_EQ(client.send(frame(Opcode::text, "hello")).read(expected.size()), expected);
}

TEST_F(WebSocketTest, AFragmentedMessageIsHeardWhole) {
  auto client = connect();
  client.send(frame(Opcode::text, "one ", Final::no) + frame(Opcode::ping, "p") +
              frame(Opcode::continuation, "two"));
  const auto expected = server_frame(Opcode::pong, "p") + server_frame(Opcode::text, "heard: one two");
  EXPECT_EQ(client.read(expected.size()), expected);
}

TEST_F(WebSocketTest, AnUnmaskedFrameIsAProtocolError) {
  auto client = connect();
  EXPECT_EQ(client.send(server_frame(Opcode::text, "bare")).read_all(), close_frame(1002));
}

TEST_F(WebSocketTest, ABinaryMessageIsNotTaken) {
  auto client = connect();
  EXPECT_EQ(client.send(frame(Opcode::binary, "x")).read(4), close_frame(1003));
}

TEST_F(WebSocketTest, TextThatIsNotUtf8IsRefused) {
  auto client = connect();
  EXPECT_EQ(client.send(frame(Opcode::text, "\xff\xfe")).read(4), close_frame(1007));
}

TEST_F(WebSocketTest, AMessageOverTheLimitIsRefused) {
  auto client = connect();
  EXPECT_EQ(client.send(frame(Opcode::text, std::string(65'537, 'x'))).read(4), close_frame(1009));
}

TEST_F(WebSocketTest, AFailingHandlerClosesThatOneOnly) {
  auto client = connect();
  EXPECT_EQ(client.send(frame(Opcode::text, "fail")).read(4), close_frame(1011));
  EXPECT_THAT(connect().send(frame(Opcode::text, "x")).read(10), HasSubstr("heard"));
}

TEST_F(WebSocketTest, TheClientsCloseIsAnswered) {
  auto client = connect();
  client.send(frame(Opcode::close, "\x03\xe8"));
  EXPECT_EQ(client.read_all(), close_frame(1000));
  EXPECT_TRUE(client.ended());
}

TEST_F(WebSocketTest, ClosingTheStreamClosesTheSocketAfterItsMessages) {
  auto client = connect();
  if (const auto held = latest.lock()) {
    held->send(message("last"));
    held->close();
  }
  const auto expected = server_frame(Opcode::text, "last") + close_frame(1000);
  EXPECT_EQ(client.read(expected.size()), expected);
}

TEST_F(WebSocketTest, AQuietClientIsPingedAndItsPongIsEnough) {
  heartbeat_interval = milliseconds(100);
  auto client = connect();
  EXPECT_EQ(client.read(2), server_frame(Opcode::ping, ""));
  client.send(frame(Opcode::pong, ""));
  EXPECT_EQ(client.read(2), server_frame(Opcode::ping, ""));
}

TEST_F(WebSocketTest, StoppingTheServerSaysThatItGoesAway) {
  auto client = connect();
  auto stopping = std::async([&] { server->stop(std::chrono::seconds(10)); });
  EXPECT_EQ(client.read(4), close_frame(1001));
  client.send(frame(Opcode::close, "\x03\xe9"));
  EXPECT_TRUE(client.ended());
  client.leave();
  stopping.get();
}

// What it said too much of ends it, and what it says meanwhile is no protocol at all.
TEST_F(WebSocketTest, ABrokenFrameWhileTheServerClosesHoldsNothingOpen) {
  auto client = connect();
  client.send(frame(Opcode::text, "bye") + frame(Opcode::text, "x") + frame(Opcode::text, "\xff\xfe"));
  EXPECT_EQ(client.read(4), close_frame(1000));
  client.leave();
  EXPECT_TRUE(is_let_go());
}

// The two meet at every moment of each other.
TEST_F(WebSocketTest, BrokenFramesAndClosesThatMeetEndWithTheServer) {
  std::vector<std::weak_ptr<Stream>> streams;
  for (int i = 0; i < 300; ++i) {
    auto client = connect();
    streams.push_back(latest);
    client.send(frame(Opcode::text, "x"));
    std::thread closing([held = latest.lock()] {
      if (held) held->close();
    });
    client.send(frame(Opcode::text, "\xff\xfe"));
    closing.join();
  }
  server->stop(milliseconds(0));
  server.reset();
  for (const auto& stream : streams) EXPECT_TRUE(stream.expired());
}

TEST_F(WebSocketTest, WhenTheClientVanishesTheServerLetsTheStreamGo) {
  auto client = connect();
  client.leave();
  EXPECT_TRUE(is_let_go());
}

}  // namespace
}  // namespace hoopoe::net
