#include "text/host.h"

#include <gtest/gtest.h>

namespace hoopoe::text {
namespace {

TEST(Host, labels_are_measured_as_dns_has_them) {
  EXPECT_EQ(encoded_label_length(U"example"), 7);
  EXPECT_EQ(encoded_label_length(U"bücher"), std::string_view("xn--bcher-kva").size());
  EXPECT_EQ(encoded_label_length(U"ایران"), std::string_view("xn--mgba3a4f16a").size());
  EXPECT_EQ(encoded_label_length(U"한국"), std::string_view("xn--3e0b707e").size());
  EXPECT_EQ(encoded_label_length(U"点心和烤鸭"), std::string_view("xn--0trv4xfvn8el34t").size());
  EXPECT_EQ(encoded_label_length(U"💩"), std::string_view("xn--ls8h").size());
}

TEST(Host, what_dns_can_not_hold_has_no_length) {
  EXPECT_EQ(encoded_label_length(U""), 0);
  EXPECT_EQ(encoded_label_length(std::u32string(64, U'a')), 0);
  EXPECT_EQ(encoded_label_length(std::u32string(60, U'あ')), 0);
  EXPECT_EQ(encoded_label_length(U"xn--はじめよう"), 0);
}

TEST(Host, a_name_fits_when_every_label_and_the_whole_do) {
  EXPECT_TRUE(fits_dns(U"fa.wikipedia.org"));
  EXPECT_TRUE(fits_dns(std::u32string(63, U'a') + U".ir"));
  EXPECT_FALSE(fits_dns(U"a..ir"));
  EXPECT_FALSE(fits_dns(U""));
  std::u32string labels;
  for (int i = 0; i < 125; ++i) labels += U"a.";
  EXPECT_TRUE(fits_dns(labels + U"com"));
  EXPECT_FALSE(fits_dns(labels + U"a.com"));
}

}  // namespace
}  // namespace hoopoe::text
