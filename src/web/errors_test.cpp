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

TEST_F(WebErrorsTest, an_address_that_took_more_along_leads_to_what_is_before_that) {
  const std::string path = "/@jack/" + site_.say(jack_, "hello #بهار").str();
  for (const char* end :
       {".", ")", ",", "/", "%20", ").", "%E2%80%9D", "%D8%8C", "%DB%94", "**", "%E2%80%8F"}) {
    const net::Response response = site_.get(path + end);
    EXPECT_EQ(response.status, 301) << end;
    EXPECT_EQ(header(response, "Location"), path) << end;
  }
  EXPECT_EQ(header(site_.get("/@jack/"), "Location"), "/@jack");
  EXPECT_EQ(header(site_.get("/about."), "Location"), "/about");
  EXPECT_EQ(header(site_.get("/feed.rss)"), "Location"), "/feed.rss");
  EXPECT_EQ(header(site_.get("/@jack/?max_id=5"), "Location"), "/@jack?max_id=5");
  EXPECT_EQ(header(site_.get("/tags/%D8%A8%D9%87%D8%A7%D8%B1."), "Location"),
            "/tags/%D8%A8%D9%87%D8%A7%D8%B1");
  for (const char* elsewhere : {"//elsewhere.example/", "///", "/static/"}) {
    EXPECT_EQ(site_.get(elsewhere).status, 404) << elsewhere;
  }
}

TEST_F(WebErrorsTest, below_a_profile_its_author_is_named) {
  const std::string missing = site_.get("/@jack/12345").body;
  EXPECT_THAT(missing,
              AllOf(HasSubstr("<a href=\"/@jack\"><bdi dir=\"ltr\">@jack</bdi></a>"),
                    HasSubstr("<div class=\"twin\" lang=\"fa\" dir=\"rtl\"><h2>اینجا چیزی نیست</h2>")));
  EXPECT_THAT(site_.get("/@nobody/12345").body, Not(HasSubstr("There is a page of")));
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
