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

}  // namespace
}  // namespace hoopoe::web
