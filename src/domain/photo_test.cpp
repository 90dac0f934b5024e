#include "domain/photo.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hoopoe {
namespace {

using testing::Eq;
using testing::Optional;

TEST(Focus, is_read_as_apps_send_it) {
  EXPECT_THAT(parse_focus("0.25,-1"), Optional(Focus{.x = 250, .y = -1000}));
  EXPECT_THAT(parse_focus("0,0"), Optional(Focus{}));
  EXPECT_THAT(parse_focus("-0.0004,0.9996"), Optional(Focus{.x = 0, .y = 1000}));
}

TEST(Focus, beyond_the_edges_is_brought_inside) {
  EXPECT_THAT(parse_focus("7,-1e9"), Optional(Focus{.x = 1000, .y = -1000}));
}

TEST(Focus, of_anything_but_two_numbers_is_none) {
  for (const char* text : {"", ",", "1", "1,", ",1", "1,2,3", "a,b", "nan,0", "inf,0", "0 ,0", "0x1,0"}) {
    EXPECT_THAT(parse_focus(text), Eq(std::nullopt)) << text;
  }
}

}  // namespace
}  // namespace hoopoe
