#include "domain/report.h"

#include <gtest/gtest.h>

namespace hoopoe {
namespace {

TEST(ReportCategory, has_the_names_of_the_api) {
  for (const char* name : {"other", "spam", "legal", "violation"}) {
    const auto category = parse_report_category(name);
    ASSERT_TRUE(category) << name;
    EXPECT_EQ(name_of(*category), name);
  }
  EXPECT_FALSE(parse_report_category(""));
  EXPECT_FALSE(parse_report_category("Spam"));
}

}  // namespace
}  // namespace hoopoe
