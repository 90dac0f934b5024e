#include "net/address.h"

#include <gtest/gtest.h>

namespace hoopoe::net {
namespace {

TEST(IpAddress, ReadsAndWritesBothKinds) {
  for (const auto* text : {"203.0.113.9", "0.0.0.0", "2001:db8::1", "::1", "::"}) {
    ASSERT_TRUE(IpAddress::parse(text)) << text;
    EXPECT_EQ(IpAddress::parse(text)->str(), text);
  }
}

TEST(IpAddress, RefusesWhatIsNoAddress) {
  for (const auto* text :
       {"", "1.2.3", "1.2.3.4:80", "[::1]", "fe80::1%eth0", "256.0.0.1", "01.2.3.4", "hoopoe"}) {
    EXPECT_FALSE(IpAddress::parse(text)) << text;
  }
  EXPECT_FALSE(IpAddress::parse(std::string_view("1.2.3.4\0", 8)));
}

TEST(IpAddress, AMappedAddressIsTheIpv4One) {
  EXPECT_EQ(IpAddress::parse("::ffff:203.0.113.9"), IpAddress::parse("203.0.113.9"));
}

TEST(IpAddress, CountsAnIpv6ClientByItsNetwork) {
  EXPECT_EQ(IpAddress::parse("2001:db8:1:2:3:4:5:6")->network_key(), "2001:db8:1:2::/64");
  EXPECT_EQ(IpAddress::parse("203.0.113.9")->network_key(), "203.0.113.9");
}

TEST(Cidr, ContainsItsRangeOnly) {
  const auto ten = Cidr::parse("10.32.0.0/11");
  ASSERT_TRUE(ten);
  EXPECT_TRUE(ten->contains(*IpAddress::parse("10.63.255.255")));
  EXPECT_FALSE(ten->contains(*IpAddress::parse("10.64.0.0")));
  EXPECT_FALSE(ten->contains(*IpAddress::parse("::1")));
  EXPECT_TRUE(Cidr::parse("fd00::/8")->contains(*IpAddress::parse("fdab::1")));
  EXPECT_TRUE(Cidr::parse("0.0.0.0/0")->contains(*IpAddress::parse("198.51.100.1")));
  EXPECT_FALSE(Cidr::parse("0.0.0.0/0")->contains(*IpAddress::parse("2001:db8::1")));
  EXPECT_TRUE(Cidr::parse("::1")->contains(*IpAddress::parse("::1")));
}

TEST(Cidr, RefusesWhatIsNoRange) {
  for (const auto* text : {"10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8x", "/8", "::/129"}) {
    EXPECT_FALSE(Cidr::parse(text)) << text;
  }
}

TEST(Endpoint, IsAnAddressWithAPort) {
  EXPECT_EQ(Endpoint::parse("127.0.0.1:8080"), (Endpoint{*IpAddress::parse("127.0.0.1"), 8080}));
  EXPECT_EQ(Endpoint::parse("[::1]:0"), (Endpoint{*IpAddress::parse("::1"), 0}));
  for (const auto* text : {"", ":", ":80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:80x",
                           "127.0.0.1:-1", "127.0.0.1:65536", "localhost:80", "[::1]", "[::1]80"}) {
    EXPECT_EQ(Endpoint::parse(text), std::nullopt) << text;
  }
}

TEST(WithoutPort, KeepsTheHostAsItIsWritten) {
  EXPECT_EQ(without_port("hoopoe.test:80"), "hoopoe.test");
  EXPECT_EQ(without_port("hoopoe.test"), "hoopoe.test");
  EXPECT_EQ(without_port("[::1]:80"), "[::1]");
  EXPECT_EQ(without_port("[::1]"), "[::1]");
  EXPECT_EQ(without_port(""), "");
}

TEST(IsOneOf, TakesAnyPortWhereNoneIsSaid) {
  const std::vector<std::string> names{"hoopoe.test", "mirror.test:81"};
  EXPECT_TRUE(is_one_of(names, "hoopoe.test"));
  EXPECT_TRUE(is_one_of(names, "hoopoe.test:80"));
  EXPECT_TRUE(is_one_of(names, "mirror.test:81"));
  EXPECT_FALSE(is_one_of(names, "mirror.test"));
  EXPECT_FALSE(is_one_of(names, "mirror.test:82"));
  EXPECT_FALSE(is_one_of(names, ""));
}

}  // namespace
}  // namespace hoopoe::net
