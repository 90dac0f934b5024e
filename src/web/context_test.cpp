#include "web/context.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using WebContextTest = PageTest;

TEST_F(WebContextTest, a_form_that_this_browser_was_not_given_is_refused) {
  const TestSite::Form words{{"text", "hello"}};
  const auto post = [&](const TestSite::Form& form) {
    return site_.answer(site_.form_request("/posts", form, &mina_)).status;
  };
  EXPECT_EQ(post(words), 403);
  EXPECT_EQ(post({{"text", "hello"}, {"csrf", "00"}}), 403);
  EXPECT_EQ(post({{"text", "hello"}, {"csrf", csrf_token(jack_.secret)}}), 403);
  EXPECT_EQ(post({{"text", "hello"}, {"csrf", std::string(128, '0')}}), 403);
  EXPECT_EQ(post({{"text", "hello"}, {"csrf", csrf_token(mina_.secret)}}), 303);
}

TEST_F(WebContextTest, a_form_from_another_site_is_refused_even_with_a_token) {
  for (const auto& [origin, status] : {std::pair{"https://evil.example", 403},
                                       {"null", 403},
                                       {"https://square.example.evil.example", 403},
                                       {"https://square.example", 303}}) {
    net::Request request =
        site_.form_request("/posts", {{"text", "hello"}, {"csrf", csrf_token(mina_.secret)}}, &mina_);
    request.headers.add("Origin", origin);
    EXPECT_EQ(site_.answer(std::move(request)).status, status) << origin;
  }
}

// Over https, and by another name in plain http: an onion's.
class CookieTest : public PageTest {
 protected:
  net::Response ask(const std::string& target, const std::string& cookies, const std::string& host) {
    net::Request request = site_.request_for(net::Method::get, target, nullptr);
    request.host = host;
    request.headers.add("Cookie", cookies);
    return site_.answer(std::move(request));
  }
  // Whose pages a browser with these cookies is shown; "" for nobody's.
  std::string signed_in_by(const std::string& cookies, const std::string& host = "square.example") {
    const net::Response home = ask("/settings", cookies, host);
    for (const Somebody* who : {&mina_, &jack_}) {
      if (home.body.contains("@" + who->handle)) return who->handle;
    }
    return "";
  }
  const std::string own_ = "__Host-hoopoe_session=" + mina_.secret;
  const std::string planted_ = "hoopoe_session=" + jack_.secret;
};

TEST_F(CookieTest, a_session_that_a_neighbour_planted_signs_nobody_in) {
  EXPECT_EQ(signed_in_by(own_), "mina");
  EXPECT_EQ(signed_in_by(planted_), "");
  EXPECT_EQ(signed_in_by(planted_ + "; " + own_), "mina");
  EXPECT_EQ(signed_in_by(own_ + "; " + planted_), "mina");
  EXPECT_EQ(signed_in_by(planted_, "square.example:443"), "");
}

TEST_F(CookieTest, two_sessions_under_one_name_are_none) {
  EXPECT_EQ(signed_in_by(own_ + "; __Host-hoopoe_session=" + jack_.secret), "");
  EXPECT_EQ(signed_in_by(own_ + "; " + own_), "mina");
}

TEST_F(CookieTest, in_plain_http_the_plain_name_is_the_one_that_browsers_take) {
  EXPECT_EQ(signed_in_by(planted_, "onion.example"), "jack");
  EXPECT_EQ(signed_in_by(own_, "onion.example"), "");
  const std::string form = header(ask("/sign-in", "", "onion.example"), "Set-Cookie");
  EXPECT_THAT(
      form, testing::AllOf(testing::StartsWith("hoopoe_form="), testing::Not(testing::HasSubstr("Secure"))));
}

TEST_F(CookieTest, a_form_cookie_that_a_neighbour_planted_is_not_taken_up) {
  const net::Response page = ask("/sign-in", "hoopoe_form=planted", "square.example");
  const std::string set = header(page, "Set-Cookie");
  EXPECT_THAT(set, testing::AllOf(testing::StartsWith("__Host-hoopoe_form="), testing::HasSubstr("; Path=/;"),
                                  testing::HasSubstr("; Secure"), testing::Not(testing::HasSubstr("Domain")),
                                  testing::Not(testing::HasSubstr("planted"))));
  net::Request post =
      site_.form_request("/sign-in", {{"login", "mina"}, {"csrf", csrf_token("planted")}}, nullptr);
  post.headers.add("Cookie", "hoopoe_form=planted");
  EXPECT_EQ(site_.answer(std::move(post)).status, 403);
}

}  // namespace
}  // namespace hoopoe::web
