#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/pages.h"
#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::HasSubstr;
using testing::Not;

using WebAboutTest = PageTest;

TEST_F(WebAboutTest, what_is_versioned_is_kept_for_ever) {
  const std::string body = page("/");
  const std::size_t at = body.find("/static/hoopoe.js?v=");
  const net::Response script = site_.get(body.substr(at, body.find('"', at) - at));
  EXPECT_THAT(header(script, "Cache-Control"), HasSubstr("immutable"));
  EXPECT_THAT(header(script, "Content-Type"), HasSubstr("javascript"));
  EXPECT_THAT(header(site_.get("/static/hoopoe.js?v=old"), "Cache-Control"), Not(HasSubstr("immutable")));
}

}  // namespace
}  // namespace hoopoe::web
