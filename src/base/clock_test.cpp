#include "base/clock.h"

#include <gtest/gtest.h>

namespace hoopoe {
namespace {

TEST(Clock, writes_times_as_the_api_wants_them) {
  EXPECT_EQ(iso8601(from_milliseconds(0)), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(iso8601(from_milliseconds(1380651825678)), "2013-10-01T18:23:45.678Z");
  EXPECT_EQ(iso_date(from_milliseconds(1380651825678)), "2013-10-01");
}

TEST(Clock, a_time_before_1970_keeps_its_own_day) {
  EXPECT_EQ(iso8601(from_milliseconds(-1)), "1969-12-31T23:59:59.999Z");
}

}  // namespace
}  // namespace hoopoe
