#include "domain/visibility.h"

#include <gtest/gtest.h>

namespace hoopoe {
namespace {

TEST(Visibility, has_the_names_of_the_api) {
  for (const char* name : {"public", "unlisted", "private", "direct"}) {
    EXPECT_EQ(name_of(parse_visibility(name).value()), name);
  }
  EXPECT_FALSE(parse_visibility("everyone"));
  EXPECT_FALSE(parse_visibility(""));
}

}  // namespace
}  // namespace hoopoe
