#include "base/id.h"

#include <gtest/gtest.h>

namespace hoopoe {
namespace {

using HeronId = Id<struct HeronTag>;

TEST(Id, round_trips_as_decimal_text) {
  EXPECT_EQ(HeronId::parse("9223372036854775807"), HeronId{9223372036854775807});
  EXPECT_EQ((HeronId{42}.str()), "42");
}

TEST(Id, refuses_everything_that_is_not_a_plain_positive_number) {
  for (const char* text : {"", "0", "-1", "+1", "01", " 1", "1 ", "1a", "0x1", "9223372036854775808", "۱"}) {
    EXPECT_EQ(HeronId::parse(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace hoopoe
