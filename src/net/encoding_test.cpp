#include "net/encoding.h"

#include <gtest/gtest.h>

namespace hoopoe::net {
namespace {

TEST(PercentDecode, DecodesAndKnowsWhatAPlusIs) {
  EXPECT_EQ(percent_decode("a%20b+%C3%A9%2f", Plus::literal), "a b+\xc3\xa9/");
  EXPECT_EQ(percent_decode("a+b", Plus::space), "a b");
  EXPECT_EQ(percent_decode("", Plus::space), "");
}

TEST(PercentDecode, RefusesABrokenEscape) {
  for (const auto* text : {"%", "%4", "a%4", "%zz", "%4z", "%%41"}) {
    EXPECT_EQ(percent_decode(text, Plus::space), std::nullopt) << text;
  }
}

TEST(CleanUtf8, AcceptsEveryLengthAndEdge) {
  for (const auto* text : {"", "plain", "\xc2\x80", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80",
                           "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"}) {
    EXPECT_TRUE(is_clean_utf8(text)) << text;
  }
}

TEST(CleanUtf8, RefusesOverlongSurrogateTooLargeAndCut) {
  for (const auto* text : {"\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf",
                           "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe2\x82", "\xe2\x82z", "\xff"}) {
    EXPECT_FALSE(is_clean_utf8(text));
  }
  EXPECT_FALSE(is_clean_utf8(std::string_view("a\0b", 3)));
}

}  // namespace
}  // namespace hoopoe::net
