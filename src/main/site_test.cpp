#include "main/site.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/photos.h"
#include "base/refusal.h"
#include "main/test_site.h"
#include "net/test_client.h"
#include "net/test_gzip.h"
#include "tests/support/multipart.h"
#include "tests/support/test_square.h"
#include "tests/support/writer_pause.h"

namespace hoopoe {
namespace {

using net::TestClient;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// http://square.test, also known by an onion name, over real sockets; 127.0.0.1 is its proxy when it says so.
class SiteTest : public testing::Test {
 protected:
  enum class Proxy { trusted, unknown };

  SiteTest() { serve(Proxy::unknown); }

  void serve(Proxy proxy) {
    net::ServerOptions options{.listen = {"127.0.0.1:0"}, .threads = 1};
    if (proxy == Proxy::trusted) options.trusted_proxies = {*net::Cidr::parse("127.0.0.0/8")};
    options.render_error = [this](const net::Request& request, const std::exception_ptr& error) {
      return site_.render_error(request, error);
    };
    server_ = std::make_unique<net::Server>(std::move(options),
                                            [this](net::Request& request) { return site_.answer(request); });
    server_->start();
  }
  std::string ask(const std::string& line, const std::string& headers = "Host: square.test\r\n",
                  const std::string& body = "") {
    TestClient client(server_->ports().front());
    return client.send(line + " HTTP/1.1\r\n" + headers + "\r\n" + body).answer();
  }

  tests::TestSquare square_;
  Site site_{square_.app(), {"square.test", "hoopoe234.onion", "mirror.example:8443"}};
  std::unique_ptr<net::Server> server_;
};

TEST_F(SiteTest, AnswersToItsNamesAndNoOther) {
  for (const char* host :
       {"square.test", "SQUARE.test", "square.test:80", "hoopoe234.onion", "mirror.example:8443"}) {
    EXPECT_THAT(ask("GET /health", std::string("Host: ") + host + "\r\n"), StartsWith("HTTP/1.1 200"))
        << host;
  }
  for (const char* host :
       {"evil.example", "127.0.0.1", "square.test.evil.example", "evil.example:80", "[::1]", "mirror.example",
        "mirror.example:80", "square.test:80:80", "square.test@evil.example"}) {
    const std::string answer = ask("GET /api/v1/instance", std::string("Host: ") + host + "\r\n");
    EXPECT_THAT(answer, testing::AnyOf(StartsWith("HTTP/1.1 421"), StartsWith("HTTP/1.1 400"))) << host;
    EXPECT_THAT(answer, Not(HasSubstr("square.test/"))) << host;
  }
  EXPECT_THAT(ask("GET /api/v1/instance", "Host: evil.example\r\n"),
              AllOf(HasSubstr("Content-Type: application/json"),
                    EndsWith(R"({"error":"This server does not answer to that host name."})")));
}

TEST_F(SiteTest, AForwardedHostIsNeverBelieved) {
  serve(Proxy::trusted);
  EXPECT_THAT(ask("GET /api/v2/instance", "Host: square.test\r\nX-Forwarded-Host: evil.example\r\n"),
              AllOf(StartsWith("HTTP/1.1 200"), Not(HasSubstr("evil"))));
  EXPECT_THAT(ask("GET /health", "Host: evil.example\r\nX-Forwarded-Host: square.test\r\n"),
              StartsWith("HTTP/1.1 421"));
}

TEST_F(SiteTest, HeadIsGetWithoutItsBody) {
  TestClient client(server_->ports().front());
  client.send("HEAD /api/v2/instance HTTP/1.1\r\nHost: square.test\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(client.read_all(),
              AllOf(StartsWith("HTTP/1.1 200"), HasSubstr("Content-Length: "), EndsWith("\r\n\r\n")));
}

TEST_F(SiteTest, AStreamIsNotOpenedByHead) {
  TestClient client(server_->ports().front());
  client.send("HEAD /api/v1/streaming/public HTTP/1.1\r\nHost: square.test\r\n\r\n");
  EXPECT_THAT(client.read_all(), AllOf(StartsWith("HTTP/1.1 200"), EndsWith("\r\n\r\n")));
}

TEST_F(SiteTest, APreflightSaysWhatAnAppMayDo) {
  const std::string answer = ask("OPTIONS /api/v1/statuses",
                                 "Host: square.test\r\nOrigin: https://app.example\r\n"
                                 "Access-Control-Request-Method: POST\r\n");
  EXPECT_THAT(answer, AllOf(StartsWith("HTTP/1.1 204"), HasSubstr("Access-Control-Allow-Origin: *\r\n"),
                            HasSubstr("Access-Control-Allow-Methods: GET, HEAD, POST, OPTIONS\r\n"),
                            HasSubstr("Authorization"), HasSubstr("Idempotency-Key")));
}

TEST_F(SiteTest, AnotherMethodIsToldWhichAreTaken) {
  for (const char* method : {"PUT", "DELETE", "PATCH"}) {
    EXPECT_THAT(ask(std::string(method) + " /api/v1/statuses"),
                AllOf(StartsWith("HTTP/1.1 405"), HasSubstr("\r\nAllow: GET, HEAD, POST, OPTIONS\r\n"),
                      HasSubstr("Access-Control-Allow-Origin: *\r\n"), HasSubstr("{\"error\":")));
  }
  EXPECT_THAT(ask("POST /api/v2/instance"), HasSubstr("\r\nAllow: GET, HEAD, OPTIONS\r\n"));
}

TEST_F(SiteTest, AnUnknownApiAddressIsJsonThatAnyOriginMayRead) {
  for (const char* path :
       {"/api/v1/nothing", "/api/", "/api/v1/statuses/", "/api//v1/statuses", "/.well-known/nothing"}) {
    EXPECT_THAT(ask(std::string("GET ") + path),
                AllOf(StartsWith("HTTP/1.1 404"), HasSubstr("Access-Control-Allow-Origin: *\r\n"),
                      EndsWith(R"({"error":"Record not found"})")))
        << path;
  }
}

TEST_F(SiteTest, NoPathLeadsOutside) {
  for (const char* path :
       {"/../etc/passwd", "/api/v1/../../etc/passwd", "/%2e%2e/etc/passwd", "/api/v1/statuses/%2e%2e",
        "/api/v1/accounts/1%2fstatuses", "/api%5cv1", "/api/v1/statuses/%00", "//etc/passwd", "/.",
        "/api/v1/timelines/tag/a%2F..%2F..%2Fb", "/api/v1/statuses/%ff", "/a%"}) {
    EXPECT_THAT(ask(std::string("GET ") + path),
                testing::AnyOf(StartsWith("HTTP/1.1 400"), StartsWith("HTTP/1.1 404")))
        << path;
  }
}

TEST_F(SiteTest, ABodyThatIsTooLargeIsRefusedAsJson) {
  EXPECT_THAT(ask("POST /api/v1/statuses", "Host: square.test\r\nContent-Length: 2000000\r\n"),
              AllOf(StartsWith("HTTP/1.1 413"), HasSubstr("{\"error\":"),
                    HasSubstr("Access-Control-Allow-Origin: *\r\n")));
}

TEST_F(SiteTest, OnlyWhoMayUploadMaySendMuch) {
  TestSite signing(square_);
  Onlooker jack{.actor = square_.person("jack")};
  signing.sign_in(jack);
  const auto room = [&](const std::string& target, const Onlooker& who) {
    net::Request request = TestSite::request(net::Method::post, target, who);
    request.headers.add("Content-Type", tests::multipart_type);
    return site_.body_allowance(request).bytes_max;
  };
  for (const char* target : {"/api/v2/media", "/api/v1/media", "/posts", "/posts/20/edit"}) {
    EXPECT_GT(room(target, jack), app::photo_bytes_max) << target;
  }
  const Onlooker stranger;
  EXPECT_EQ(tests::refusal_of([&] { room("/api/v2/media", stranger); }), RefusalKind::unauthorized);
  EXPECT_EQ(room("/posts", stranger), Site::text_bytes_max);
  for (const char* target : {"/api/v1/statuses", "/settings/profile", "/sign-in", "/nowhere"}) {
    EXPECT_EQ(room(target, jack), Site::text_bytes_max) << target;
  }
}

TEST_F(SiteTest, OnlyATrustedProxySaysWhoAsks) {
  const auto left_for = [this](const std::string& address) {
    const std::string answer =
        ask("GET /api/v1/custom_emojis", "Host: square.test\r\nX-Forwarded-For: " + address + "\r\n");
    const std::size_t at = answer.find("X-RateLimit-Remaining: ");
    return at == std::string::npos ? -1 : std::stoi(answer.substr(at + 23));
  };
  EXPECT_EQ(left_for("203.0.113.1"), 299);
  EXPECT_EQ(left_for("203.0.113.2"), 298) << "what a stranger says of itself counts for nothing";
  serve(Proxy::trusted);
  EXPECT_EQ(left_for("203.0.113.1"), 299);
  EXPECT_EQ(left_for("203.0.113.2"), 299);
  EXPECT_EQ(left_for("198.51.100.7, 203.0.113.2"), 298)
      << "what a client put there comes before the proxy's word";
}

TEST_F(SiteTest, WhatEveryoneReadsIsKeptAndNeverOld) {
  const auto alice = square_.person("alice");
  square_.publish(alice, "the first of May");
  for (const char* path : {"/", "/@alice", "/api/v1/timelines/public"}) {
    const std::string line = std::string("GET ") + path;
    const auto tag = [&](const std::string& answer) {
      const std::size_t at = answer.find("ETag: ");
      return at == std::string::npos ? "none" : answer.substr(at + 6, answer.find("\r\n", at) - at - 6);
    };
    const std::string first = ask(line);
    EXPECT_THAT(first, AllOf(HasSubstr("the first of May"), HasSubstr("Cache-Control: public")));
    EXPECT_EQ(tag(ask(line)), tag(first));
    const std::string known = "Host: square.test\r\nIf-None-Match: " + tag(first) + "\r\n";
    EXPECT_THAT(ask(line, known), AllOf(StartsWith("HTTP/1.1 304"), EndsWith("\r\n\r\n")));
    const std::string words = "said after " + std::string(path);
    square_.publish(alice, words);
    EXPECT_THAT(ask(line, known), AllOf(StartsWith("HTTP/1.1 200"), HasSubstr("said after ")));
    EXPECT_THAT(ask(line), HasSubstr("said after "));
  }
}

TEST_F(SiteTest, WhatIsForOneIsNotGivenToAnother) {
  const auto alice = square_.person("alice");
  square_.publish(alice, "words for all");
  const std::string bad_token = "Host: square.test\r\nAuthorization: Bearer nobody\r\n";
  for (int twice = 0; twice < 2; ++twice) {
    EXPECT_THAT(ask("GET /api/v1/timelines/public"),
                AllOf(StartsWith("HTTP/1.1 200"), HasSubstr("words for all"),
                      HasSubstr("Vary: Authorization\r\n"), Not(HasSubstr("X-RateLimit-Limit: "))));
    EXPECT_THAT(ask("GET /api/v1/timelines/public", bad_token),
                AllOf(StartsWith("HTTP/1.1 401"), HasSubstr("Cache-Control: private, no-store\r\n")));
    EXPECT_THAT(ask("GET /sign-in"), AllOf(StartsWith("HTTP/1.1 200"), HasSubstr("Set-Cookie: "),
                                           HasSubstr("Cache-Control: private"), Not(HasSubstr("ETag"))));
  }
}

TEST_F(SiteTest, CompressesForWhoTakesIt) {
  const std::string host = "Host: square.test\r\n";
  for (const char* path : {"/about", "/api/v2/instance", "/static/hoopoe.js"}) {
    const std::string line = std::string("GET ") + path;
    for (int twice = 0; twice < 2; ++twice) {
      const std::string packed = ask(line, host + "Accept-Encoding: br, gzip\r\n");
      EXPECT_THAT(packed,
                  AllOf(HasSubstr("Content-Encoding: gzip\r\n"), HasSubstr("Vary: Accept-Encoding\r\n")));
      const std::string plain = ask(line);
      EXPECT_THAT(plain, AllOf(Not(HasSubstr("Content-Encoding")), HasSubstr("Vary: Accept-Encoding\r\n")));
      EXPECT_EQ(net::gunzip(packed.substr(packed.find("\r\n\r\n") + 4)),
                plain.substr(plain.find("\r\n\r\n") + 4));
    }
  }
}

net::Task<void> write_nothing(store::Database& db) {
  try {
    co_await db.write([](store::Write&) {});
  } catch (const Refusal&) {
    // Too many wait, as they are meant to.
  }
}

TEST_F(SiteTest, WhereNothingMoreCanBeSavedChangesAreRefusedAndReadsGoOn) {
  const std::string form = "Host: square.test\r\nContent-Length: 0\r\n";
  boost::asio::io_context io;
  tests::WriterPause pause(square_.db());
  for (int i = 0; i < 1000; ++i) {
    boost::asio::co_spawn(io, write_nothing(square_.db()), boost::asio::detached);
  }
  io.poll();
  EXPECT_THAT(ask("POST /api/v1/statuses", form),
              AllOf(HasSubstr("Retry-After: "), HasSubstr("can't be saved right now")));
  EXPECT_THAT(ask("POST /posts", form), StartsWith("HTTP/1.1 503"));
  for (const char* line : {"GET /", "GET /api/v1/timelines/public", "OPTIONS /api/v1/statuses"}) {
    EXPECT_THAT(ask(line), StartsWith("HTTP/1.1 20")) << line;
  }
  pause.end();
  io.run();
  EXPECT_THAT(ask("POST /api/v1/statuses", form), StartsWith("HTTP/1.1 401"));
}

}  // namespace
}  // namespace hoopoe
