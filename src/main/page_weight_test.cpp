#include "main/page_weight.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hoopoe {
namespace {

TEST(PageWeightTest, EveryPublicPageIsWithinItsBudget) {
  const std::vector<PageWeight> pages = weigh_pages();
  EXPECT_GT(pages.size(), 30U);
  for (const PageWeight& page : pages) {
    EXPECT_EQ(page.status, 200) << page.path;
    EXPECT_GT(page.bytes, 0U) << page.path;
    EXPECT_LE(page.bytes, page.bytes_max) << page.path;
    EXPECT_LE(page.requests, page.requests_max) << page.path;
  }
}

TEST(PageWeightTest, AConversationIsWeighedWithAllItsReplies) {
  for (const PageWeight& page : weigh_pages()) {
    if (!page.path.starts_with("/@jack/") || page.path.find('/', 7) != std::string::npos) continue;
    if (page.path.find_first_not_of("0123456789", 7) == std::string::npos) {
      EXPECT_GT(page.bytes, 5000U) << "too light to be of 40 replies";
      return;
    }
  }
  FAIL() << "no permalink was weighed";
}

}  // namespace
}  // namespace hoopoe
