#include "net/connection.h"

#include <atomic>
#include <memory>
#include <stdexcept>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "net/server.h"
#include "net/test_client.h"

// Hostile and slow clients, byte by byte over real sockets.
namespace hoopoe::net {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

Task<Response> answer(Request& request) {
  Response response;
  response.body = request.body.empty() ? "none" : request.body;
  if (request.path == "/large") response.body.assign(30'000'000, 'x');
  co_return response;
}

ServerOptions hasty() {
  ServerOptions options{.listen = {"127.0.0.1:0"}, .threads = 1};
  options.limits.header_timeout = milliseconds(200);
  options.limits.idle_timeout = milliseconds(200);
  options.limits.transfer_timeout = milliseconds(200);
  options.limits.transfer_bytes_per_second_min = 1'000'000'000;
  return options;
}

class ConnectionTest : public testing::Test {
 protected:
  // The whole of what a client gets that sends these bytes and then waits for the server to close.
  std::string fate_of(std::string_view bytes) {
    TestClient client(server.ports().front());
    auto all = client.send(bytes).read_all();
    return client.ended() ? all : "not closed: " + all;
  }

  void SetUp() override { server.start(); }

  Server server{hasty(), answer};
};

TEST_F(ConnectionTest, ARequestWithContentLengthAndTransferEncodingIsRefusedAndTheConnectionClosed) {
  EXPECT_THAT(
      fate_of("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
              "GET / HTTP/1.1\r\nHost: h\r\n\r\n"),
      AllOf(StartsWith("HTTP/1.1 400 Bad Request\r\n"), HasSubstr("Connection: close\r\n"),
            HasSubstr("Content-Length"), Not(HasSubstr("200 OK"))));
}

TEST_F(ConnectionTest, WhatFollowsAMalformedRequestIsNotServed) {
  const std::string good = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
  for (const auto* bad :
       {"GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\nHost: h\n\n\r\n\r\n", "\x16\x03\x01\r\n\r\n",
        "CONNECT h:443 HTTP/1.1\r\nHost: h\r\n\r\n", "GET http://h/ HTTP/1.1\r\nHost: h\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n\r\n"}) {
    const auto fate = fate_of(fmt::format("{0}{1}{0}", good, bad));
    EXPECT_THAT(fate, StartsWith("HTTP/1.1 200 OK")) << bad;
    EXPECT_EQ(fate.find("200 OK", 20), std::string::npos) << bad;
    EXPECT_THAT(fate, testing::ContainsRegex("HTTP/1.1 (400|405)")) << bad;
  }
}

TEST_F(ConnectionTest, AnUnknownMethodIsToldTheKnownOnes) {
  EXPECT_THAT(fate_of("BREW / HTTP/1.1\r\nHost: h\r\n\r\n"),
              AllOf(StartsWith("HTTP/1.1 405"), HasSubstr("\r\nAllow: GET, HEAD, POST")));
}

TEST_F(ConnectionTest, ARefusalReachesAClientThatIsStillSending) {
  EXPECT_THAT(fate_of("GET / HTTP/1.1\r\nX: " + std::string(500'000, 'a')), StartsWith("HTTP/1.1 431"));
  EXPECT_THAT(
      fate_of("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3000000\r\n\r\n" + std::string(900'000, 'a')),
      StartsWith("HTTP/1.1 413"));
}

TEST_F(ConnectionTest, AHeadThatDoesNotEndTimesOut) {
  EXPECT_THAT(fate_of("GET / HTTP/1.1\r\nHost: h\r\n"), StartsWith("HTTP/1.1 408 Request Timeout"));
}

TEST_F(ConnectionTest, ABodyThatDoesNotEndTimesOut) {
  EXPECT_THAT(fate_of("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nhalf"),
              AllOf(StartsWith("HTTP/1.1 400"), HasSubstr("too slowly")));
}

TEST_F(ConnectionTest, AnIdleConnectionIsClosedWithoutAWord) {
  EXPECT_EQ(fate_of(""), "");
  TestClient client(server.ports().front());
  EXPECT_THAT(client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").answer(), StartsWith("HTTP/1.1 200 OK"));
  EXPECT_TRUE(client.ended());
}

TEST_F(ConnectionTest, AReaderThatTakesNothingIsLeft) {
  TestClient client(server.ports().front());
  client.send("GET /large HTTP/1.1\r\nHost: h\r\n\r\n");
  client.read(1);
  // The drain ends before its deadline: the stalled answer doesn't hold it.
  const auto began = std::chrono::steady_clock::now();
  server.stop(std::chrono::minutes(1));
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(20));
}

TEST_F(ConnectionTest, AClientThatLeavesInTheMiddleHarmsNoOther) {
  for (const auto* part :
       {"G", "GET / HTTP/1.1\r\n", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nhalf",
        "GET /large HTTP/1.1\r\nHost: h\r\n\r\n"}) {
    TestClient(server.ports().front()).send(part).leave();
  }
  TestClient client(server.ports().front());
  EXPECT_THAT(client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").answer(), StartsWith("HTTP/1.1 200 OK"));
}

// Bodies that are made while they are sent.
class BodySourceTest : public testing::Test {
 protected:
  // What a path asks for: "/3" three parts, "/21" and "/30" the same with so many bytes told before,
  // "/broken" a failure after the second, "/endless" parts without end.
  class Parts {
   public:
    Parts(std::atomic<int>& made, std::string path) : made_(made), path_(std::move(path)) {}
    Task<std::optional<std::string>> next() {
      if (path_ == "/broken" && given_ == 2) throw std::runtime_error("the store is gone");
      if (path_ != "/endless" && given_ == 3) co_return std::nullopt;
      ++made_;
      ++given_;
      co_return path_ == "/endless" ? std::string(100'000, 'x') : "part " + std::to_string(given_) + "\n";
    }

   private:
    std::atomic<int>& made_;
    std::string path_;
    int given_ = 0;
  };

  Task<Response> give(Request& request) {
    Response response;
    if (request.path == "/plain") {
      response.body = "plain";
      co_return response;
    }
    const auto parts = std::make_shared<Parts>(made, request.path);  // kept by the answer
    response.source = [parts] { return parts->next(); };
    if (request.path == "/21" || request.path == "/30")
      response.source_bytes = std::stoul(request.path.substr(1));
    co_return response;
  }

  void SetUp() override { server.start(); }

  TestClient ask(const std::string& line) {
    TestClient client(server.ports().front());
    client.send(line + "\r\nHost: h\r\n\r\n");
    return client;
  }

  std::atomic<int> made = 0;
  Server server{hasty(), [this](Request& request) { return give(request); }};
};

TEST_F(BodySourceTest, ComesInChunksAndTheConnectionGoesOn) {
  auto client = ask("GET /3 HTTP/1.1");
  EXPECT_THAT(client.read_until("\r\n\r\n"),
              AllOf(HasSubstr("Transfer-Encoding: chunked\r\n"), Not(HasSubstr("Content-Length"))));
  EXPECT_EQ(client.read_until("0\r\n\r\n"), "7\r\npart 1\n\r\n7\r\npart 2\n\r\n7\r\npart 3\n\r\n0\r\n\r\n");
  EXPECT_THAT(client.send("GET /plain HTTP/1.1\r\nHost: h\r\n\r\n").answer(), testing::EndsWith("plain"));
}

TEST_F(BodySourceTest, OfAKnownLengthNeedsNoChunks) {
  auto client = ask("GET /21 HTTP/1.1");
  EXPECT_THAT(client.read_until("\r\n\r\n"),
              AllOf(HasSubstr("Content-Length: 21\r\n"), Not(HasSubstr("chunked"))));
  EXPECT_EQ(client.read(21), "part 1\npart 2\npart 3\n");
  EXPECT_THAT(client.send("GET /plain HTTP/1.1\r\nHost: h\r\n\r\n").answer(), testing::EndsWith("plain"));
}

TEST_F(BodySourceTest, ThatGivesLessThanItsLengthIsBrokenOff) {
  auto client = ask("GET /30 HTTP/1.1");
  client.read_all();
  EXPECT_TRUE(client.was_reset());
}

TEST_F(BodySourceTest, EndsWithTheConnectionForWhoSpeaksHttp10) {
  auto client = ask("GET /3 HTTP/1.0");
  EXPECT_THAT(client.read_until("\r\n\r\n"), Not(HasSubstr("chunked")));
  EXPECT_EQ(client.read_all(), "part 1\npart 2\npart 3\n");
  EXPECT_TRUE(client.ended());
}

TEST_F(BodySourceTest, IsNotAskedByHead) {
  auto client = ask("HEAD /3 HTTP/1.1");
  EXPECT_THAT(client.read_until("\r\n\r\n"), HasSubstr("Transfer-Encoding: chunked\r\n"));
  EXPECT_THAT(client.send("GET /plain HTTP/1.1\r\nHost: h\r\n\r\n").answer(), StartsWith("HTTP/1.1 200 OK"));
  EXPECT_EQ(made, 0);
}

TEST_F(BodySourceTest, ThatFailsHasNoLastChunk) {
  auto client = ask("GET /broken HTTP/1.1");
  client.read_until("\r\n\r\n");
  const std::string rest = client.read_all();
  EXPECT_THAT(rest, Not(HasSubstr("0\r\n\r\n")));
  EXPECT_TRUE(client.was_reset());
}

TEST_F(BodySourceTest, ThatFailsIsNoGoodEndForWhoSpeaksHttp10) {
  auto client = ask("GET /broken HTTP/1.0");
  client.read_all();
  EXPECT_TRUE(client.was_reset());
}

TEST_F(BodySourceTest, IsAskedNoFasterThanItsReaderReads) {
  auto client = ask("GET /endless HTTP/1.1");
  client.read(1);
  // The deadline passes, the reader is left, and with it the source.
  server.stop(std::chrono::minutes(1));
  EXPECT_LT(made, 500) << "parts of 100 KB, for one who read a byte";
}

}  // namespace
}  // namespace hoopoe::net
