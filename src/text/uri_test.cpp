#include "text/uri.h"

#include <gtest/gtest.h>

namespace hoopoe::text {
namespace {

TEST(Uri, an_address_comes_apart) {
  const auto uri = parse_uri("HTTPS://mina:x@Example.IR:8443/a/ب?q=1&r=?#top#2");
  ASSERT_TRUE(uri.has_value());
  EXPECT_EQ(uri->scheme, "https");
  EXPECT_EQ(uri->user, "mina:x");
  EXPECT_EQ(uri->host, "example.ir");
  EXPECT_EQ(uri->port, 8443);
  EXPECT_EQ(uri->path, "/a/ب");
  EXPECT_EQ(uri->query, "q=1&r=?");
  EXPECT_EQ(uri->fragment, "top#2");
}

TEST(Uri, the_parts_may_be_missing) {
  Uri bare;
  bare.scheme = "http";
  bare.host = "a";
  EXPECT_EQ(parse_uri("http://a"), bare);
  EXPECT_EQ(parse_uri("http://a:"), bare);
  bare.query = "b";
  EXPECT_EQ(parse_uri("http://a?b"), bare);
}

TEST(Uri, an_ipv6_host_stands_without_its_brackets) {
  const auto uri = parse_uri("http://[::1]:80/");
  ASSERT_TRUE(uri.has_value());
  EXPECT_EQ(uri->host, "::1");
  EXPECT_EQ(uri->port, 80);
}

TEST(Uri, what_is_no_absolute_address_is_refused) {
  for (const char* text : {"",
                           "a",
                           "/a",
                           "//a/b",
                           "mailto:a@b.ir",
                           "javascript:alert(1)",
                           "http://",
                           "http:///a",
                           "://a",
                           "1a://b",
                           "http://a:b",
                           "http://a:65536",
                           "http://a:-1",
                           "http://[::1",
                           "http://[::1]a",
                           "http://a b",
                           "http://a/\n",
                           "http://a\\b",
                           "http://a/<b>",
                           "http://a]"}) {
    EXPECT_EQ(parse_uri(text), std::nullopt) << text;
  }
  EXPECT_EQ(parse_uri("http://a/" + std::string(uri_length_max, 'a')), std::nullopt);
}

TEST(Uri, only_web_addresses_may_be_links) {
  EXPECT_TRUE(is_web_address("https://example.ir/"));
  EXPECT_TRUE(is_web_address("HTTP://example.ir"));
  for (const char* text : {"ftp://a", "javascript://a/%0Aalert(1)", "data:text/html,a", "/a", "http:a"}) {
    EXPECT_FALSE(is_web_address(text)) << text;
  }
}

TEST(Uri, percent_encoding_goes_there_and_back) {
  EXPECT_EQ(percent_encode("a-b._~ /?#%"), "a-b._~%20%2F%3F%23%25");
  EXPECT_EQ(percent_encode("شعر"), "%D8%B4%D8%B9%D8%B1");
  for (const std::string_view text : {"", "شعر نو", "100%", "a+b", "\xFF"}) {
    EXPECT_EQ(percent_decode(percent_encode(text)), text);
  }
  EXPECT_EQ(percent_decode("%d8%B4+"), "ش+");
}

TEST(Uri, a_percent_sign_alone_is_refused) {
  for (const char* text : {"%", "%4", "%zz", "a%4", "%4g", "%%41"})
    EXPECT_EQ(percent_decode(text), std::nullopt) << text;
}

}  // namespace
}  // namespace hoopoe::text
