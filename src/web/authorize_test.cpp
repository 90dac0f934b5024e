#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/oauth.h"
#include "web/paths.h"
#include "web/test_site.h"

namespace hoopoe::web {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class AuthorizeTest : public testing::Test {
 protected:
  AuthorizeTest() {
    app::NewClient wish{
        .name = "Ivory <b>", .website = "https://app.example/'onx=", .scopes = "read write:statuses"};
    wish.redirect_uris = {"com.tapbots.Ivory.10217:/request_token", "https://app.example:8443/back?from=us",
                          std::string(app::out_of_band_uri)};
    key_ = site_.run(app::register_client(site_.app(), wish)).client.key;
  }

  TestSite::Form form(const std::string& redirect_uri) const {
    return {{"response_type", "code"},
            {"client_id", key_},
            {"redirect_uri", redirect_uri},
            {"scope", "read"},
            {"state", "a&b=\"<c>"}};
  }
  std::string target(const std::string& redirect_uri) const {
    Query query;
    const TestSite::Form fields = form(redirect_uri);
    for (const auto& [name, value] : fields) query.emplace_back(name, value);
    return with_query("/oauth/authorize", query);
  }
  net::Response decide(const std::string& redirect_uri, const std::string& decision) {
    TestSite::Form fields = form(redirect_uri);
    fields.emplace_back("decision", decision);
    return site_.post("/oauth/authorize", fields, mina_);
  }
  static std::string header(const net::Response& response, std::string_view name) {
    return std::string(response.headers.find(name).value_or(""));
  }

  TestSite site_;
  Somebody mina_ = site_.join("mina");
  std::string key_;
};

TEST_F(AuthorizeTest, consent_names_the_app_and_may_lead_to_it_alone) {
  const net::Response page = site_.get(target("https://app.example:8443/back?from=us"), &mina_);
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body,
              AllOf(HasSubstr("Ivory &lt;b&gt;"), HasSubstr("@mina"), HasSubstr("read all that you can"),
                    HasSubstr("a&amp;b=&quot;&lt;c&gt;"), Not(HasSubstr("'onx"))));
  EXPECT_THAT(header(page, "Content-Security-Policy"),
              HasSubstr("form-action 'self' https://app.example:8443;"));
  EXPECT_EQ(header(page, "Cross-Origin-Opener-Policy"), "");
  EXPECT_EQ(header(page, "Access-Control-Allow-Origin"), "");

  const net::Response other = site_.get(target("com.tapbots.Ivory.10217:/request_token"), &mina_);
  EXPECT_THAT(header(other, "Content-Security-Policy"),
              HasSubstr("form-action 'self' com.tapbots.Ivory.10217:;"));
}

TEST_F(AuthorizeTest, whoever_is_not_signed_in_signs_in_first_and_comes_back) {
  const net::Response response = site_.get(target(std::string(app::out_of_band_uri)));
  EXPECT_EQ(response.status, 303);
  EXPECT_THAT(header(response, "Location"),
              StartsWith("/sign-in?return_to=%2Foauth%2Fauthorize%3Fresponse_type"));
}

TEST_F(AuthorizeTest, yes_sends_a_code_back_beside_what_the_address_had) {
  const net::Response web = decide("https://app.example:8443/back?from=us", "allow");
  EXPECT_EQ(web.status, 303);
  EXPECT_THAT(header(web, "Location"), AllOf(StartsWith("https://app.example:8443/back?from=us&code="),
                                             HasSubstr("&state=a%26b%3D%22%3Cc%3E")));
  EXPECT_THAT(header(decide("com.tapbots.Ivory.10217:/request_token", "allow"), "Location"),
              StartsWith("com.tapbots.Ivory.10217:/request_token?code="));
}

TEST_F(AuthorizeTest, no_is_told_to_the_app) {
  EXPECT_EQ(header(decide("com.tapbots.Ivory.10217:/request_token", "deny"), "Location"),
            "com.tapbots.Ivory.10217:/request_token?error=access_denied&state=a%26b%3D%22%3Cc%3E");
}

TEST_F(AuthorizeTest, without_an_address_the_code_is_shown_and_is_good) {
  const net::Response page = decide(std::string(app::out_of_band_uri), "allow");
  EXPECT_EQ(page.status, 200);
  const std::size_t at = page.body.find("<code class=\"code\">") + 19;
  const std::string code = page.body.substr(at, page.body.find('<', at) - at);
  EXPECT_GT(code.size(), 30U);
  EXPECT_EQ(header(page, "Cache-Control"), "private, no-store");
}

TEST_F(AuthorizeTest, an_address_that_the_app_did_not_register_is_never_led_to) {
  for (const char* evil :
       {"https://evil.example/", "https://app.example:8443/back?from=us&more", "javascript:alert(1)"}) {
    EXPECT_EQ(site_.get(target(evil), &mina_).status, 400);
    const net::Response response = decide(evil, "allow");
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(header(response, "Location"), "");
  }
}

}  // namespace
}  // namespace hoopoe::web
