#include "app/app.h"

#include <gtest/gtest.h>

#include "tests/support/test_square.h"

namespace hoopoe::app {
namespace {

TEST(AppUrls, links_start_with_the_public_address_and_hold_the_handle_as_typed) {
  tests::TestSquare square;
  const Account jack{.handle = "Jack"};
  EXPECT_EQ(url_of(square.app(), jack), "http://square.test/@Jack");
  EXPECT_EQ(url_of(square.app(), jack, PostId{20}), "http://square.test/@Jack/20");
  EXPECT_EQ(tag_url_prefix(square.app()), "http://square.test/tags/");
}

}  // namespace
}  // namespace hoopoe::app
