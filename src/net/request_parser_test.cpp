#include "net/request_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hoopoe::net {
namespace {

using testing::HasSubstr;

constexpr std::size_t header_bytes_max = 1'024;

// The status that a head is refused with; 200 when it is taken, 0 when more is needed.
int status_of(std::string_view head) {
  RequestParser parser(header_bytes_max);
  Request request;
  const auto taken = parser.head(head, request);
  if (!taken) return taken.error().status;
  return *taken == 0 ? 0 : 200;
}

std::string get(std::string_view fields, std::string_view target = "/") {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: hoopoe.test\r\n" + std::string(fields) + "\r\n";
}

TEST(RequestParser, TakesAHeadApart) {
  RequestParser parser(header_bytes_max);
  Request request;
  const std::string head =
      "PATCH /caf%C3%A9/%40a?q=%20x HTTP/1.1\r\nHost: Hoopoe.Test:8080\r\nX-A:  b \r\n\r\n";
  EXPECT_EQ(parser.head(head + "rest", request), head.size());
  EXPECT_EQ(request.method, Method::patch);
  EXPECT_EQ(request.target, "/caf%C3%A9/%40a?q=%20x");
  EXPECT_EQ(request.path, "/caf\xc3\xa9/@a");
  EXPECT_EQ(request.query, "q=%20x");
  EXPECT_EQ(request.host, "hoopoe.test:8080");
  EXPECT_EQ(request.header("x-a"), "b");
  EXPECT_TRUE(parser.done());
  EXPECT_TRUE(parser.keep_alive());
}

TEST(RequestParser, AHeadMayComeInPieces) {
  const auto head = get("X-A: b\r\n");
  RequestParser parser(header_bytes_max);
  Request request;
  for (std::size_t size = 0; size < head.size(); ++size) {
    EXPECT_EQ(parser.head(std::string_view(head).substr(0, size), request), 0U);
  }
  EXPECT_EQ(parser.head(head, request), head.size());
  EXPECT_EQ(request.header("X-A"), "b");
}

TEST(RequestParser, RefusesAHeadThatTwoServersCouldReadInTwoWays) {
  EXPECT_EQ(status_of(get("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n")), 400);
  EXPECT_EQ(status_of(get("Transfer-Encoding: chunked\r\nContent-Length: 1\r\n")), 400);
  EXPECT_EQ(status_of(get("Content-Length: 1\r\nContent-Length: 2\r\n")), 400);
  EXPECT_EQ(status_of(get("Content-Length: 1\r\nContent-Length: 1\r\n")), 400);
  EXPECT_EQ(status_of(get("Content-Length: 1, 1\r\n")), 400);
  for (const auto* length : {"-1", "+1", "1x", "0x1", "", " ", "99999999999999999999"}) {
    EXPECT_EQ(status_of(get("Content-Length: " + std::string(length) + "\r\n")), 400) << length;
  }
  for (const auto* encoding :
       {"gzip", "gzip, chunked", "chunked, gzip", "chunked, chunked", "xchunked", "identity"}) {
    EXPECT_EQ(status_of(get("Transfer-Encoding: " + std::string(encoding) + "\r\n")), 400) << encoding;
  }
  EXPECT_EQ(status_of(get("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")), 400);
  EXPECT_EQ(status_of("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"), 400);
}

TEST(RequestParser, RefusesTricksWithLineEnds) {
  EXPECT_EQ(status_of(get("X-A: b\r\n folded\r\n")), 400);
  EXPECT_EQ(status_of(get("X-A: b\r\n\tfolded\r\n")), 400);
  EXPECT_EQ(status_of(get("X-A: b\nX-B: c\r\n")), 400);
  EXPECT_EQ(status_of(get("X-A: b\rX-B: c\r\n")), 400);
  EXPECT_EQ(status_of("GET / HTTP/1.1\nHost: h\r\n\r\n"), 400);
  EXPECT_EQ(status_of("\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n"), 400);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\n Host: h\r\n\r\n"), 400);
}

TEST(RequestParser, RefusesMalformedFields) {
  EXPECT_EQ(status_of(get("X-A : b\r\n")), 400);
  EXPECT_EQ(status_of(get(": b\r\n")), 400);
  EXPECT_EQ(status_of(get("X-A\r\n")), 400);
  EXPECT_EQ(status_of(get(std::string_view("X-A: a\0b\r\n", 10))), 400);
  EXPECT_EQ(status_of(get(std::string_view("X\0A: b\r\n", 8))), 400);
}

TEST(RequestParser, NeedsExactlyOneHost) {
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\n\r\n"), 400);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost:\r\n\r\n"), 400);
  EXPECT_EQ(status_of(get("Host: other.test\r\n")), 400);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: a b\r\n\r\n"), 400);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: evil/@h\r\n\r\n"), 400);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n"), 200);
  EXPECT_EQ(status_of("GET / HTTP/1.0\r\n\r\n"), 200);
}

TEST(RequestParser, RefusesOtherTargetsAndMethods) {
  for (const auto* target : {"http://hoopoe.test/", "*", "/a/../b"}) {
    EXPECT_EQ(status_of(get("", target)), 400) << target;
  }
  EXPECT_EQ(status_of("CONNECT hoopoe.test:443 HTTP/1.1\r\nHost: h\r\n\r\n"), 405);
  EXPECT_EQ(status_of("TRACE / HTTP/1.1\r\nHost: h\r\n\r\n"), 405);
  EXPECT_EQ(status_of("get / HTTP/1.1\r\nHost: h\r\n\r\n"), 405);
  EXPECT_EQ(status_of("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n"), 200);
}

TEST(RequestParser, RefusesOtherVersions) {
  for (const auto* version : {"HTTP/2.0", "HTTP/0.9", "HTTP/1.2", "http/1.1", "HTTP/11", "HTTP/1.1x"}) {
    EXPECT_EQ(status_of("GET / " + std::string(version) + "\r\nHost: h\r\n\r\n"), 400) << version;
  }
  EXPECT_EQ(status_of("GET /\r\n\r\n"), 400);
}

TEST(RequestParser, RefusesAHeadThatIsTooLargeBeforeItsEnd) {
  EXPECT_EQ(status_of("GET /" + std::string(header_bytes_max, 'a')), 431);
  EXPECT_EQ(status_of(get("X-A: " + std::string(header_bytes_max, 'a') + "\r\n")), 431);
  std::string many;
  for (int i = 0; i < 150; ++i) many += "A:\r\n";
  EXPECT_EQ(status_of(get(many)), 431);
}

class RequestBody : public testing::Test {
 protected:
  // Feeds the head and the body, the latter in pieces of that size. Gives the body, or the refusal's text.
  std::string read(const std::string& head, std::string bytes, std::size_t piece,
                   std::size_t bytes_max = 100) {
    RequestParser parser(header_bytes_max);
    Request request;
    EXPECT_EQ(parser.head(head, request), head.size());
    std::string input;
    while (!parser.done()) {
      const auto taken = parser.body(input, bytes_max, request.body);
      if (!taken) return std::string(taken.error().text);
      input.erase(0, *taken);
      if (parser.done()) break;
      if (bytes.empty()) return "incomplete";
      input += bytes.substr(0, piece);
      bytes.erase(0, piece);
    }
    left = input + bytes;
    return request.body;
  }

  const std::string chunked = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\n\r\n";
  std::string left;
};

TEST_F(RequestBody, EndsWithItsLength) {
  for (const std::size_t piece : {1, 3, 100}) {
    EXPECT_EQ(read(get("Content-Length: 5\r\n"), "helloGET", piece), "hello");
    EXPECT_EQ(left, "GET");
  }
}

TEST_F(RequestBody, IsPutTogetherFromChunksWithoutTheirTrailers) {
  for (const std::size_t piece : {1, 2, 7, 100}) {
    EXPECT_EQ(read(chunked, "5;a=b\r\nhello\r\nA\r\n, hoopoes!\r\n0\r\nHost: evil\r\n\r\nGET", piece),
              "hello, hoopoes!");
    EXPECT_EQ(left, "GET");
  }
}

TEST_F(RequestBody, MayBeEmptyInBothForms) {
  for (const std::size_t piece : {1, 100}) {
    EXPECT_EQ(read(get("Content-Length: 0\r\n"), "GET", piece), "");
    EXPECT_EQ(read(chunked, "0\r\n\r\nGET", piece), "");
    EXPECT_EQ(left, "GET");
  }
}

TEST_F(RequestBody, IsRefusedOverItsLimit) {
  EXPECT_THAT(read(get("Content-Length: 101\r\n"), "", 1), HasSubstr("too large"));
  EXPECT_THAT(read(chunked, "64\r\n" + std::string(100, 'a') + "\r\n1\r\na\r\n0\r\n\r\n", 10),
              HasSubstr("too large"));
  EXPECT_EQ(read(chunked, "64\r\n" + std::string(100, 'a') + "\r\n0\r\n\r\n", 10), std::string(100, 'a'));
}

}  // namespace
}  // namespace hoopoe::net
