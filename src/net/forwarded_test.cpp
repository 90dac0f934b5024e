#include "net/forwarded.h"

#include <vector>

#include <gtest/gtest.h>

namespace hoopoe::net {
namespace {

const std::vector<Cidr> proxies{*Cidr::parse("10.0.0.0/8"), *Cidr::parse("::1")};

// The client that a request through a proxy at 10.0.0.1 is taken to come from.
std::string client_of(std::initializer_list<std::string_view> forwarded_for) {
  Request request;
  for (const auto value : forwarded_for) request.headers.add("X-Forwarded-For", value);
  set_client(request, *IpAddress::parse("10.0.0.1"), proxies);
  return request.remote.str();
}

TEST(Forwarded, TheClientIsTheLastThatNoProxyIs) {
  EXPECT_EQ(client_of({"203.0.113.9"}), "203.0.113.9");
  EXPECT_EQ(client_of({"203.0.113.9, 10.0.0.7"}), "203.0.113.9");
  EXPECT_EQ(client_of({"203.0.113.9 ,\t2001:db8::1, ::1"}), "2001:db8::1");
}

TEST(Forwarded, WhatTheClientWroteItselfCountsForNothing) {
  EXPECT_EQ(client_of({"127.0.0.1, 203.0.113.9"}), "203.0.113.9");
  EXPECT_EQ(client_of({"127.0.0.1", "203.0.113.9"}), "203.0.113.9");
  EXPECT_EQ(client_of({"198.51.100.1, nonsense, 10.0.0.7"}), "10.0.0.7");
}

TEST(Forwarded, WithoutTheHeaderItIsTheProxy) {
  EXPECT_EQ(client_of({}), "10.0.0.1");
  EXPECT_EQ(client_of({""}), "10.0.0.1");
}

TEST(Forwarded, AStrangerIsNotBelieved) {
  Request request;
  request.headers.add("X-Forwarded-For", "203.0.113.9");
  request.headers.add("X-Forwarded-Proto", "https");
  set_client(request, *IpAddress::parse("198.51.100.1"), proxies);
  EXPECT_EQ(request.remote.str(), "198.51.100.1");
  EXPECT_FALSE(request.secure);
}

TEST(Forwarded, TheNearestProxySaysWhetherItWasHttps) {
  Request request;
  request.headers.add("X-Forwarded-Proto", "http, HTTPS");
  set_client(request, *IpAddress::parse("::1"), proxies);
  EXPECT_TRUE(request.secure);
}

}  // namespace
}  // namespace hoopoe::net
