#include "web/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

using WebPageTest = PageTest;

TEST_F(WebPageTest, public_pages_set_no_cookie_and_may_be_kept_for_a_moment) {
  site_.say(jack_, "hello");
  for (const char* target :
       {"/", "/@jack", "/tags/x", "/about", "/@jack/live", "/robots.txt", "/favicon.svg"}) {
    const net::Response response = site_.get(target);
    EXPECT_EQ(response.status, 200) << target;
    EXPECT_EQ(header(response, "Set-Cookie"), "") << target;
    EXPECT_THAT(header(response, "Cache-Control"), HasSubstr("public, max-age=")) << target;
    EXPECT_THAT(header(response, "Vary"), Not(HasSubstr("Cookie"))) << target;
  }
  EXPECT_EQ(header(site_.get("/", &jack_), "Cache-Control"), "private, no-store");
}

// A browser that has the page from before somebody signed in asks again; a cache on the way need not.
TEST_F(WebPageTest, who_signs_in_is_not_shown_what_the_browser_kept_from_before) {
  EXPECT_EQ(header(site_.get("/"), "Cache-Control"), "public, max-age=0, s-maxage=5");
}

TEST_F(WebPageTest, tor_browser_is_told_of_the_onion_and_nobody_else_of_anything) {
  EXPECT_EQ(header(site_.get("/about"), "Onion-Location"), "");
  site_.settings().other_hosts = {"mirror.example", "abcdefgh.onion"};
  EXPECT_EQ(header(site_.get("/tags/x?max_id=5"), "Onion-Location"), "http://abcdefgh.onion/tags/x?max_id=5");
  net::Request there = site_.request_for(net::Method::get, "/about", nullptr);
  there.host = "abcdefgh.onion";
  EXPECT_EQ(header(site_.answer(std::move(there)), "Onion-Location"), "");
}

TEST_F(WebPageTest, lists_lead_to_older_posts_and_back) {
  for (int i = 0; i < page_limit_default + 2; ++i) site_.say(jack_, "number " + std::to_string(i) + ".");
  const std::string newest = page("/@jack");
  const std::size_t at = newest.find("/@jack?max_id=");
  ASSERT_NE(at, std::string::npos);
  const std::string older = page(newest.substr(at, newest.find('"', at) - at));
  EXPECT_THAT(older, AllOf(HasSubstr("number 1."), HasSubstr("number 0."), Not(HasSubstr("number 2."))));
  EXPECT_THAT(older, HasSubstr("/@jack?min_id="));
}

}  // namespace
}  // namespace hoopoe::web
