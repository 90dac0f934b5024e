#include "web/routes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using WebRoutesTest = PageTest;

TEST_F(WebRoutesTest, who_is_not_signed_in_is_brought_back_after_signing_in) {
  const net::Response response = site_.get("/settings?x=1");
  EXPECT_EQ(response.status, 303);
  EXPECT_EQ(header(response, "Location"), "/sign-in?return_to=%2Fsettings%3Fx%3D1");
}

}  // namespace
}  // namespace hoopoe::web
