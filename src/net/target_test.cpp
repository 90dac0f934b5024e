#include "net/target.h"

#include <gtest/gtest.h>

namespace hoopoe::net {
namespace {

TEST(Target, IsDecodedPathAndRawQuery) {
  const auto target = parse_target("/caf%C3%A9/a+b/%40x?q=%20?&r");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/caf\xc3\xa9/a+b/@x");
  EXPECT_EQ(target->query, "q=%20?&r");
  EXPECT_EQ(parse_target("*")->path, "*");
  EXPECT_EQ(parse_target("/..a/b../...")->path, "/..a/b../...");
}

TEST(Target, RefusesOtherForms) {
  for (const auto* target : {"", "a", "http://hoopoe.test/", "hoopoe.test:443", "?q", "**", "/a#b"}) {
    EXPECT_FALSE(parse_target(target)) << target;
  }
}

TEST(Target, RefusesWhatAProxyMightReadInAnotherWay) {
  for (const auto* target : {"/%zz", "/%ff", "/%00", "/a%2fb", "/a%5Cb", "/a\\b", "/..", "/a/../b",
                             "/a/%2e%2E/b", "/./a", "/a/.", "/%0a", "/%7f"}) {
    EXPECT_FALSE(parse_target(target)) << target;
  }
}

}  // namespace
}  // namespace hoopoe::net
