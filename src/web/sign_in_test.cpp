#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/pages.h"
#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::AllOf;
using testing::HasSubstr;

using WebSignInTest = PageTest;

TEST_F(WebSignInTest, nobody_is_led_to_another_site) {
  const PostId id = site_.say(jack_, "hello");
  for (const char* trick : {"//evil.example", "https://evil.example/", "/\\evil.example", "\\\\evil.example",
                            "/\t/evil.example", "javascript:alert(1)", "", "/ok\r\nSet-Cookie: a=b"}) {
    const net::Response done = site_.post("/posts/" + id.str() + "/favourite", {{"return_to", trick}}, mina_);
    EXPECT_EQ(header(done, "Location"), "/home#p" + id.str()) << trick;
    EXPECT_EQ(header(site_.get("/sign-in?return_to=" + text::percent_encode(trick), &mina_), "Location"),
              "/home");
  }
}

TEST_F(WebSignInTest, the_session_cookie_is_secure_over_https) {
  net::Request request = site_.form_request("/sign-out", {{"csrf", csrf_token(mina_.secret)}}, &mina_);
  request.secure = true;
  const net::Response done = site_.answer(std::move(request));
  EXPECT_THAT(header(done, "Set-Cookie"), AllOf(HasSubstr("Max-Age=0"), HasSubstr("; Secure")));
  EXPECT_EQ(site_.get("/home", &mina_).status, 303);
}

}  // namespace
}  // namespace hoopoe::web
