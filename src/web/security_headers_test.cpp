#include "web/security_headers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/assets.h"
#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

using WebSecurityHeadersTest = PageTest;

TEST_F(WebSecurityHeadersTest, every_answer_forbids_scripts_and_styles_of_others) {
  for (const char* target : {"/", "/nothing/here", "/home", "/static/hoopoe.js", "/sign-in"}) {
    const net::Response response = site_.get(target);
    const std::string policy = header(response, "Content-Security-Policy");
    EXPECT_THAT(policy, AllOf(HasSubstr("default-src 'none'"), HasSubstr("script-src 'self'"),
                              HasSubstr("frame-ancestors 'none'"), Not(HasSubstr("unsafe"))));
    EXPECT_EQ(header(response, "X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(header(response, "Referrer-Policy"), "same-origin");
    EXPECT_EQ(header(response, "Cross-Origin-Opener-Policy"), "same-origin");
  }
  const std::string body = page("/");
  const std::size_t begin = body.find("<style>") + 7;
  const std::string style = body.substr(begin, body.find("</style>") - begin);
  EXPECT_EQ("'sha256-" + crypto::base64(crypto::sha256_bytes(style)) + "'", style_source());
}

}  // namespace
}  // namespace hoopoe::web
