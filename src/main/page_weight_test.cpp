#include "main/page_weight.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hoopoe {
namespace {

class PageWeightTest : public testing::Test {
 protected:
  const PageWeight& page(std::string_view pattern) const {
    return *std::ranges::find(pages_, pattern, &PageWeight::pattern);
  }

  const std::vector<PageWeight> pages_ = weigh_pages();
};

TEST_F(PageWeightTest, EveryPublicPageIsWithinItsBudget) {
  EXPECT_GT(pages_.size(), 30U);
  for (const PageWeight& page : pages_) {
    EXPECT_EQ(page.status, 200) << page.path;
    EXPECT_GT(page.bytes, 0U) << page.path;
    EXPECT_LE(page.bytes, page.bytes_max) << page.path;
    EXPECT_LE(page.requests, page.requests_max) << page.path;
  }
}

TEST_F(PageWeightTest, WhatIsWeighedIsFull) {
  constexpr std::size_t bytes_of_a_reply = 70;  // of its words alone, in gzip
  EXPECT_GT(page("/@:handle/:id").bytes, page("/about").bytes + 40 * bytes_of_a_reply);
  EXPECT_GT(page("/").bytes, page("/about").bytes + 20 * bytes_of_a_reply);
  EXPECT_GT(page("/@:handle.atom").bytes, 40 * bytes_of_a_reply);
}

}  // namespace
}  // namespace hoopoe
