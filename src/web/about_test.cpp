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

TEST_F(WebAboutTest, rules_and_other_ways_in_are_what_the_operator_set) {
  EXPECT_THAT(page("/rules"), HasSubstr("has not written any down"));
  site_.settings().instance_rules = "Be kind.\nNo <b>spam</b>.\n";
  EXPECT_THAT(page("/rules"),
              testing::AllOf(HasSubstr("<li dir=\"auto\">Be kind.</li>"),
                             HasSubstr("No &lt;b&gt;spam&lt;/b&gt;."), Not(HasSubstr("has not written"))));
  EXPECT_THAT(page("/bad-line"), Not(HasSubstr("Other addresses")));
  site_.settings().other_hosts = {"mirror.example", "abcdefgh.onion"};
  EXPECT_THAT(page("/bad-line"), testing::AllOf(HasSubstr(">mirror.example</bdi></li>"),
                                                HasSubstr(">abcdefgh.onion</bdi>, in Tor Browser"),
                                                HasSubstr("under <bdi dir=\"ltr\">square.example</bdi>")));
  site_.settings().instance_contact_email = "op@square.example";
  EXPECT_THAT(page("/privacy"), testing::AllOf(HasSubstr("mailto:op@square.example"),
                                               HasSubstr("after 90 days"), HasSubstr("for 30 days")));
  EXPECT_THAT(page("/rules"), HasSubstr("mailto:op@square.example"));
}

}  // namespace
}  // namespace hoopoe::web
