#include "base/ensure.h"

#include <gtest/gtest.h>

namespace hoopoe {
namespace {

TEST(Ensure, lets_what_is_so_pass) { EXPECT_NO_THROW(ensure(true, "one is one")); }

TEST(Ensure, says_what_was_wrong_and_where) {
  try {
    ensure(false, "two is three");
    FAIL() << "the bug was not reported";
  } catch (const Bug& bug) {
    EXPECT_NE(std::string_view(bug.what()).find("ensure_test.cpp"), std::string_view::npos);
    EXPECT_NE(std::string_view(bug.what()).find("two is three"), std::string_view::npos);
  }
}

}  // namespace
}  // namespace hoopoe
