#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/square_test.h"
#include "app/accounts.h"
#include "app/live.h"
#include "crypto/hash.h"
#include "net/server.h"
#include "net/test_client.h"
#include "store/oauth.h"

// Over real sockets, as apps listen.
namespace hoopoe::api {
namespace {

using net::TestClient;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

// A WebSocket's client of few words (RFC 6455, 5.2): short masked text out, any text in.
class SocketClient {
 public:
  explicit SocketClient(TestClient client) : client_(std::move(client)) {}

  void send(const std::string& text) {
    ASSERT_LT(text.size(), 126U);
    client_.send(std::string{'\x81', static_cast<char>(0x80U | text.size())} + std::string(4, '\0') + text);
  }
  // The next text frame; "closed" when the server ends it.
  std::string receive() {
    const std::string head = client_.read(2);
    if (head.empty() && !client_.ended()) return "silence";
    if (head.size() < 2 || (static_cast<unsigned char>(head[0]) & 0x0fU) == 8) return "closed";
    auto size = static_cast<std::size_t>(static_cast<unsigned char>(head[1]) & 0x7fU);
    if (size == 126) {
      const std::string more = client_.read(2);
      size = static_cast<std::size_t>(static_cast<unsigned char>(more[0])) * 256 +
             static_cast<unsigned char>(more[1]);
    }
    return client_.read(size);
  }
  json::value receive_json() { return json::parse(receive()); }
  // What was sent has been understood: there is no other sign of a subscription.
  void settle() {
    send(R"({"type":"subscribe","stream":"nonsense"})");
    EXPECT_EQ(receive(), R"({"error":"Unknown stream type","status":400})");
  }

 private:
  TestClient client_;
};

std::string text_of(const json::value& object, std::string_view key) {
  return std::string(object.at(key).as_string());
}

class Streaming : public testing::Test {
 protected:
  Streaming() { server_.start(); }

  TestClient open(const std::string& target, const std::string& headers = "") {
    TestClient client(server_.ports().front());
    client.send("GET " + target + " HTTP/1.1\r\nHost: square.test\r\n" + headers + "\r\n");
    return client;
  }
  // Past the head and the first comment: subscribed.
  TestClient listen(const std::string& target, const std::string& token = "") {
    TestClient client = open(target, token.empty() ? "" : "Authorization: Bearer " + token + "\r\n");
    const std::string head = client.read_until(":)\n\n");
    EXPECT_THAT(head, AllOf(StartsWith("HTTP/1.1 200"), HasSubstr("Content-Type: text/event-stream")))
        << target;
    return client;
  }
  std::string refused(const std::string& target, const std::string& token = "") {
    return open(target, token.empty() ? "" : "Authorization: Bearer " + token + "\r\n").answer();
  }
  SocketClient open_socket(const std::string& target, const std::string& headers = "") {
    TestClient client = open(target,
                             "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                             "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
                                 headers);
    head_ = client.read_until("\r\n\r\n");
    EXPECT_THAT(head_, StartsWith("HTTP/1.1 101")) << target;
    return SocketClient(std::move(client));
  }
  void revoke(const std::string& token) {
    const auto found = square_.app().db.write_blocking([&](store::Write& write) {
      const auto stored = store::oauth::find_token(write, crypto::sha256(token));
      store::oauth::erase_token(write, stored->id);
      return stored->id;
    });
    square_.app().live.close_streams([found](const app::Actor& reader) { return reader.token == found; });
  }
  void delete_post(const std::string& id) {
    square_.call(net::Method::delete_, "/api/v1/statuses/" + id, {.token = jack_.token});
  }

  ApiSquare square_;
  Named jack_ = square_.join("jack");
  Named biz_ = square_.join("biz");
  std::string head_;  // of the last handshake
  net::Server server_{{.listen = {"127.0.0.1:0"}, .threads = 1},
                      [this](net::Request& request) { return square_.answer(request); }};
};

TEST_F(Streaming, AnyoneHearsThePublicChannels) {
  for (const char* target :
       {"/api/v1/streaming/public", "/api/v1/streaming/public/local", "/api/v1/streaming/hashtag?tag=Twttr",
        "/api/v1/streaming/hashtag/local?tag=twttr", "/api/v1/streaming?stream=public",
        "/api/v1/streaming?stream=hashtag&tag=twttr"}) {
    TestClient reader = listen(target);
    const std::string id = square_.publish(jack_, "just setting up my #twttr");
    EXPECT_THAT(reader.read_until("\n\n"),
                AllOf(StartsWith("id: "), HasSubstr("\nevent: update\ndata: {\"id\":\"" + id)))
        << target;
    delete_post(id);
    EXPECT_THAT(reader.read_until("\n\n"), EndsWith("\nevent: delete\ndata: " + id + "\n\n"));
  }
}

TEST_F(Streaming, APublicReaderHearsNothingPrivateNorOfOtherTags) {
  TestClient everyone = listen("/api/v1/streaming/public");
  TestClient tagged = listen("/api/v1/streaming/hashtag?tag=other");
  square_.publish(jack_, "#other", R"({"visibility": "private"})");
  square_.publish(jack_, "unlisted", R"({"visibility": "unlisted"})");
  const std::string shown = square_.publish(jack_, "#other for all");
  EXPECT_THAT(everyone.read_until("\n\n"), HasSubstr("\"id\":\"" + shown));
  EXPECT_THAT(tagged.read_until("\n\n"), HasSubstr("\"id\":\"" + shown));
}

TEST_F(Streaming, AUserHearsTheirHomeAndWhatIsAboutThem) {
  square_.post("/api/v1/accounts/" + biz_.id() + "/follow", jack_.token);
  TestClient home = listen("/api/v1/streaming/user", jack_.token);
  TestClient by_query = listen("/api/v1/streaming?stream=user&access_token=" + jack_.token);
  TestClient about = listen("/api/v1/streaming/user/notification", jack_.token);
  const std::string id = square_.publish(biz_, "hello @jack", R"({"visibility": "private"})");
  for (TestClient* reader : {&home, &by_query}) {
    EXPECT_THAT(reader->read_until("\n\n"), HasSubstr("event: update\ndata: {\"id\":\"" + id));
    EXPECT_THAT(reader->read_until("\n\n"), HasSubstr("event: notification\ndata: {"));
  }
  EXPECT_THAT(about.read_until("\n\n"), HasSubstr("event: notification\ndata: {"));
}

TEST_F(Streaming, NotificationsNeedTheirScope) {
  TestClient home = listen("/api/v1/streaming/user", square_.token(jack_, "read:statuses"));
  square_.publish(biz_, "hello @jack");
  const std::string own = square_.publish(jack_, "mine");
  EXPECT_THAT(home.read_until("\n\n"), AllOf(HasSubstr("event: update"), HasSubstr("\"id\":\"" + own)));
}

TEST_F(Streaming, RefusalsAreInTheWordsOfMastodon) {
  EXPECT_THAT(refused("/api/v1/streaming/nonsense"),
              AllOf(StartsWith("HTTP/1.1 400"), EndsWith(R"({"error":"Unknown channel requested"})")));
  EXPECT_THAT(refused("/api/v1/streaming"), EndsWith(R"({"error":"Unknown channel requested"})"));
  EXPECT_THAT(refused("/api/v1/streaming/hashtag"), StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(refused("/api/v1/streaming/user"), StartsWith("HTTP/1.1 401"));
  EXPECT_THAT(refused("/api/v1/streaming/user", "nonsense"), StartsWith("HTTP/1.1 401"));
  EXPECT_THAT(refused("/api/v1/streaming/public", "nonsense"), StartsWith("HTTP/1.1 401"));
  EXPECT_THAT(refused("/api/v1/streaming/user", square_.app_token("read")), StartsWith("HTTP/1.1 401"));
  EXPECT_THAT(refused("/api/v1/streaming/user", square_.token(jack_, "read:accounts")),
              StartsWith("HTTP/1.1 401"));
  EXPECT_THAT(refused("/api/v1/streaming/user/notification", square_.token(jack_, "read:statuses")),
              StartsWith("HTTP/1.1 401"));
}

TEST_F(Streaming, AReaderWhoWasAwayResumesFromTheLastEvent) {
  TestClient reader = listen("/api/v1/streaming/public");
  square_.publish(jack_, "heard");
  const std::string event = reader.read_until("\n\n");
  const std::string last = event.substr(4, event.find('\n') - 4);
  reader.leave();
  const std::string kept = square_.publish(jack_, "missed");
  const std::string gone = square_.publish(jack_, "missed and deleted");
  delete_post(gone);
  TestClient back = open("/api/v1/streaming/public", "Last-Event-ID: " + last + "\r\n");
  back.read_until(":)\n\n");
  EXPECT_THAT(back.read_until("\n\n"), HasSubstr("\"id\":\"" + kept));
  EXPECT_THAT(back.read_until("\n\n"), EndsWith("event: delete\ndata: " + gone + "\n\n"));
  const std::string now = square_.publish(jack_, "live again");
  EXPECT_THAT(back.read_until("\n\n"), HasSubstr("\"id\":\"" + now));
}

TEST_F(Streaming, AnEventThatIsNoLongerKnownResetsTheReader) {
  square_.publish(jack_, "the oldest that is known");
  TestClient reader = open("/api/v1/streaming/public", "Last-Event-ID: 1\r\n");
  reader.read_until(":)\n\n");
  EXPECT_EQ(reader.read_until("\n\n"), "event: reset\ndata: {}\n\n");
}

TEST_F(Streaming, AStreamEndsWithItsToken) {
  const std::string token = square_.token(jack_, "read");
  TestClient reader = listen("/api/v1/streaming/user", token);
  TestClient other = listen("/api/v1/streaming/user", jack_.token);
  SocketClient socket = open_socket("/api/v1/streaming?stream=user&access_token=" + token);
  revoke(token);
  EXPECT_TRUE(reader.ended());
  EXPECT_EQ(socket.receive(), "closed");
  const std::string id = square_.publish(jack_, "still here");
  EXPECT_THAT(other.read_until("\n\n"), HasSubstr(id));
}

TEST_F(Streaming, ASocketThatWasIdleWhenItsTokenEndedHearsNothing) {
  const std::string token = square_.token(jack_, "read");
  SocketClient socket = open_socket("/api/v1/streaming?access_token=" + token);
  revoke(token);
  socket.send(R"({"type":"subscribe","stream":"user"})");
  square_.publish(jack_, "private", R"({"visibility": "private"})");
  EXPECT_EQ(socket.receive(), "closed");
}

TEST_F(Streaming, SuspensionEndsAStreamWithinASecond) {
  TestClient reader = listen("/api/v1/streaming/user", jack_.token);
  const auto began = std::chrono::steady_clock::now();
  square_.app().db.write_blocking([&](store::Write& write) { app::suspend(write, jack_.account); });
  EXPECT_TRUE(reader.ended());
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(1));
}

TEST_F(Streaming, ASocketCarriesManyStreams) {
  SocketClient socket = open_socket("/api/v1/streaming", "Sec-WebSocket-Protocol: " + jack_.token + "\r\n");
  EXPECT_THAT(head_, HasSubstr("Sec-WebSocket-Protocol: " + jack_.token + "\r\n"));
  socket.send(R"({"type":"subscribe","stream":"user"})");
  socket.send(R"({"type":"subscribe","stream":"hashtag","tag":"TWTTR"})");
  socket.settle();
  const std::string id = square_.publish(jack_, "#twttr");
  std::vector<std::string> streams;
  for (int i = 0; i < 2; ++i) {
    const json::value frame = socket.receive_json();
    EXPECT_EQ(text_of(frame, "event"), "update");
    EXPECT_EQ(text_of(json::parse(text_of(frame, "payload")), "id"), id) << "the payload is JSON in a string";
    streams.push_back(json::serialize(frame.at("stream")));
  }
  EXPECT_THAT(streams, testing::UnorderedElementsAre(R"(["user"])", R"(["hashtag","twttr"])"));

  socket.send(R"({"type":"unsubscribe","stream":"hashtag","tag":"twttr"})");
  socket.settle();
  delete_post(id);
  const json::value deleted = socket.receive_json();
  EXPECT_EQ(text_of(deleted, "event"), "delete");
  EXPECT_EQ(text_of(deleted, "payload"), id);
  EXPECT_EQ(json::serialize(deleted.at("stream")), R"(["user"])");
  square_.publish(biz_, "hello @jack");
  EXPECT_EQ(text_of(socket.receive_json(), "event"), "notification") << "nothing of the tag came in between";
}

TEST_F(Streaming, TheSameSubscriptionTwiceIsHeardOnce) {
  SocketClient socket = open_socket("/api/v1/streaming?stream=public");
  socket.send(R"({"type":"subscribe","stream":"public"})");
  socket.send(R"({"type":"subscribe","stream":"user"})");
  EXPECT_EQ(socket.receive(), R"({"error":"Access token not valid","status":401})");
  const std::string one = square_.publish(jack_, "one");
  const std::string two = square_.publish(jack_, "two");
  for (const std::string& id : {one, two}) {
    EXPECT_EQ(text_of(json::parse(text_of(socket.receive_json(), "payload")), "id"), id);
  }
}

TEST_F(Streaming, WhatASocketCannotReadIsAnswered) {
  SocketClient socket = open_socket("/api/v1/streaming");
  const std::vector<std::pair<std::string, std::string>> answers{
      {"{", "The message is not a JSON object"},
      {"[1]", "The message is not a JSON object"},
      {std::string(60, '['), "The message is not a JSON object"},
      {"{}", "Unknown message type"},
      {R"({"type":1})", "Unknown message type"},
      {R"({"type":"subscribe","stream":["user"]})", "Unknown stream type"},
      {R"({"type":"subscribe"})", "Unknown stream type"},
      {R"({"type":"subscribe","stream":"hashtag"})", "Missing tag name parameter"},
      {R"({"type":"unsubscribe","stream":"list"})", "Unknown stream type"}};
  for (const auto& [message, error] : answers) {
    socket.send(message);
    EXPECT_EQ(text_of(socket.receive_json(), "error"), error) << message;
  }
}

TEST_F(Streaming, ASocketHasABoundOnItsSubscriptions) {
  SocketClient socket = open_socket("/api/v1/streaming");
  for (int i = 0; i < 51; ++i) {
    socket.send(R"({"type":"subscribe","stream":"hashtag","tag":"t)" + std::to_string(i) + "\"}");
  }
  EXPECT_EQ(socket.receive(), R"({"error":"Too many subscriptions","status":429})");
}

TEST_F(Streaming, ASocketThatSaysTooMuchIsClosed) {
  SocketClient socket = open_socket("/api/v1/streaming");
  for (int i = 0; i < 101; ++i) socket.send(R"({"type":"unsubscribe","stream":"public"})");
  EXPECT_EQ(socket.receive(), "closed");
}

TEST_F(Streaming, ASocketWithABadTokenIsRefused) {
  TestClient client = open("/api/v1/streaming?access_token=nonsense",
                           "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
  EXPECT_THAT(client.answer(), StartsWith("HTTP/1.1 401"));
}

TEST_F(Streaming, HasAPulseThatKeepsProxiesAwake) {
  const Reply reply = square_.get("/api/v1/streaming/public");
  ASSERT_NE(reply.stream, nullptr);
  EXPECT_EQ(*reply.stream->options().heartbeat, ":thump\n\n");
  EXPECT_LE(reply.stream->options().heartbeat_interval, std::chrono::seconds(15));
  EXPECT_EQ(reply.header("X-Accel-Buffering"), "no");
}

TEST_F(Streaming, OfMediaAndOtherServersThereIsAStreamAndNothingInIt) {
  TestClient reader = listen("/api/v1/streaming/public/remote");
  TestClient everyone = listen("/api/v1/streaming/public");
  square_.publish(jack_, "local");
  everyone.read_until("\n\n");
  server_.stop(std::chrono::seconds(1));
  EXPECT_TRUE(reader.ended());
}

TEST_F(Streaming, IsHealthy) {
  EXPECT_THAT(refused("/api/v1/streaming/health"), AllOf(StartsWith("HTTP/1.1 200"), EndsWith("OK")));
}

}  // namespace
}  // namespace hoopoe::api
