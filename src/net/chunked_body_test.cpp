#include "net/chunked_body.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hoopoe::net {
namespace {

using testing::HasSubstr;

constexpr std::size_t body_bytes_max = 100;

// The body, the refusal's text, or "incomplete"; the bytes come in pieces of that size.
std::string read(std::string_view bytes, std::size_t piece) {
  ChunkedBody chunks;
  std::string body;
  std::string input;
  while (!chunks.done()) {
    if (bytes.empty()) return "incomplete";
    input += bytes.substr(0, piece);
    bytes.remove_prefix(std::min(piece, bytes.size()));
    const auto taken = chunks.take(input, body_bytes_max, body);
    if (!taken) return std::string(taken.error().text);
    input.erase(0, *taken);
  }
  return body + "|" + input.append(bytes);
}

class ChunkedBodyTest : public testing::TestWithParam<std::size_t> {};
INSTANTIATE_TEST_SUITE_P(InPiecesOf, ChunkedBodyTest, testing::Values(1, 2, 3, 7, 10'000));

TEST_P(ChunkedBodyTest, IsPutTogetherAndWhatFollowsIsLeft) {
  EXPECT_EQ(read("5\r\nhello\r\n00A;a=\"b\"\r\n, hoopoes!\r\n0\r\n\r\nGET", GetParam()),
            "hello, hoopoes!|GET");
  EXPECT_EQ(read("0\r\n\r\nGET", GetParam()), "|GET");
  EXPECT_EQ(read("a ; x\r\n0123456789\r\n000\r\nHost: evil\r\nA: b\r\n\r\n", GetParam()), "0123456789|");
}

TEST_P(ChunkedBodyTest, RefusesWhatIsMalformed) {
  for (const auto* bytes :
       {"x\r\n", "-1\r\n", "+1\r\n", "0x5\r\n", " 5\r\n", "5 5\r\n", "\r\n", ";a\r\n", "5\nhello", "\n",
        "5\r\nhelloX\r\n", "5\r\nhello\n", "5\r\nhello0\r\n\r\n", "10000000000000000\r\n", "5;\x01\r\n",
        "5\r\r\n", "0\r\nno colon\r\n", "0\r\n\n"}) {
    EXPECT_THAT(read(bytes, GetParam()), HasSubstr("malformed")) << bytes;
  }
}

TEST_P(ChunkedBodyTest, RefusesAnEndlessSizeLineOrTrailer) {
  EXPECT_THAT(read("5;" + std::string(2'000, 'a'), GetParam()), HasSubstr("too long"));
  EXPECT_THAT(read("0\r\nA: " + std::string(2'000, 'a'), GetParam()), HasSubstr("too long"));
  std::string trailers;
  for (int i = 0; i < 300; ++i) trailers += "A: b\r\n";
  EXPECT_THAT(read("0\r\n" + trailers, GetParam()), HasSubstr("too long"));
}

TEST_P(ChunkedBodyTest, IsRefusedOverItsLimitBeforeTheDataComes) {
  EXPECT_THAT(read("65\r\n", GetParam()), HasSubstr("too large"));
  EXPECT_THAT(read("ffffffffffffffff\r\n", GetParam()), HasSubstr("too large"));
  EXPECT_THAT(read("64\r\n" + std::string(100, 'a') + "\r\n1\r\n", GetParam()), HasSubstr("too large"));
}

}  // namespace
}  // namespace hoopoe::net
