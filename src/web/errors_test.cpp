#include "web/errors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/refusal.h"
#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

using WebErrorsTest = PageTest;

TEST_F(WebErrorsTest, what_is_not_there_has_a_page_that_helps) {
  const net::Response missing = site_.get("/nothing/here", &jack_);
  EXPECT_EQ(missing.status, 404);
  EXPECT_THAT(missing.body, AllOf(HasSubstr("Nothing here"), HasSubstr("href=\"/home\"")));
  const net::Response wrong_method = site_.answer(site_.request_for(net::Method::post, "/about", nullptr));
  EXPECT_EQ(wrong_method.status, 405);
  EXPECT_EQ(header(wrong_method, "Allow"), "GET, HEAD, OPTIONS");
}

TEST_F(WebErrorsTest, a_failure_tells_nobody_its_cause) {
  const net::Request request = site_.request_for(net::Method::get, "/", nullptr);
  const net::Response response =
      render_error(site_.app(), request, std::make_exception_ptr(std::runtime_error("secret path /data/x")));
  EXPECT_EQ(response.status, 500);
  EXPECT_THAT(response.body, Not(HasSubstr("secret path")));
}

TEST_F(WebErrorsTest, who_comes_when_all_is_too_much_is_told_when_to_come_again) {
  const net::Request request = site_.request_for(net::Method::get, "/", &jack_);
  const net::Response response = render_error(
      site_.app(), request, std::make_exception_ptr(Refusal(RefusalKind::unavailable, "Too many at once.")));
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(header(response, "Retry-After"), "1");
  EXPECT_THAT(response.body, AllOf(HasSubstr("Too many at once."), Not(HasSubstr("jack"))));
}

}  // namespace
}  // namespace hoopoe::web
