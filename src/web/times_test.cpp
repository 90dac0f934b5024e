#include "web/times.h"

#include <gtest/gtest.h>

namespace hoopoe::web {
namespace {

using namespace std::chrono_literals;

constexpr Time then{std::chrono::sys_days{std::chrono::year{2013} / 10 / 1} + 18h + 23min};

TEST(TimesTest, near_moments_are_told_by_their_age_and_others_by_their_day) {
  EXPECT_EQ(short_time(then, then + 59s), "now");
  EXPECT_EQ(short_time(then, then + 61s), "1 min");
  EXPECT_EQ(short_time(then, then + 59min), "59 min");
  EXPECT_EQ(short_time(then, then + 23h + 59min), "23 h");
  EXPECT_EQ(short_time(then, then + 24h), "1 Oct");
  EXPECT_EQ(short_time(then, then + std::chrono::days{100}), "1 Oct 2013");
  EXPECT_EQ(short_time(then, then - 1h), "1 Oct");  // a clock that went back
}

TEST(TimesTest, what_is_kept_tells_the_day_and_the_hour) {
  EXPECT_EQ(short_date_time(then, then + 59s), "18:23, 1 Oct");
  EXPECT_EQ(short_date_time(then, then + std::chrono::days{100}), "18:23, 1 Oct 2013");
}

TEST(TimesTest, whole_moments_name_their_zone) {
  EXPECT_EQ(full_time(then), "18:23 UTC, 1 October 2013");
  EXPECT_EQ(month_of(then), "October 2013");
}

}  // namespace
}  // namespace hoopoe::web
