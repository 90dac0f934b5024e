#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/oauth.h"
#include "web/pages.h"
#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

using WebSettingsTest = PageTest;

TEST_F(WebSettingsTest, a_profile_is_changed_and_what_is_too_long_is_kept_for_mending) {
  EXPECT_EQ(
      site_.post("/settings/profile", {{"display_name", "مینا"}, {"bio", "hello"}, {"locked", "1"}}, mina_)
          .status,
      303);
  EXPECT_THAT(site_.get("/@mina").body, AllOf(HasSubstr("<bdi>مینا</bdi>"), HasSubstr("approves followers")));
  const net::Response refused =
      site_.post("/settings/profile", {{"display_name", std::string(31, 'n')}, {"bio", "kept"}}, mina_);
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, AllOf(HasSubstr(std::string(31, 'n')), HasSubstr("kept</textarea>"),
                                  HasSubstr("Display name is too long")));
}

TEST_F(WebSettingsTest, a_session_elsewhere_is_ended) {
  const SessionId other = site_.app().db.write_blocking([&](store::Write& write) {
    return store::sessions::insert(write, {.person = mina_.actor.person, .account = mina_.actor.account},
                                   crypto::sha256("other"));
  });
  const std::string path = "/settings/sessions/" + other.str() + "/end";
  EXPECT_THAT(site_.get("/settings", &mina_).body, HasSubstr("formaction=\"" + path));
  EXPECT_EQ(site_.post(path, {}, jack_).status, 404);
  EXPECT_EQ(site_.post(path, {}, mina_).status, 303);
  EXPECT_THAT(site_.get("/settings", &mina_).body, Not(HasSubstr(path)));
}

TEST_F(WebSettingsTest, an_account_is_deleted_with_its_password_alone) {
  const net::Response refused = site_.post("/settings/delete", {{"password", "wrong"}}, mina_);
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("The password is wrong."));
}

TEST_F(WebSettingsTest, an_app_that_may_act_for_one_is_shown_and_taken_back) {
  EXPECT_THAT(page("/settings", &mina_), HasSubstr("<p>None.</p>"));
  const auto client = site_.run(app::register_client(
      site_.app(), {.name = "Ivory <b>", .redirect_uris = {"urn:ietf:wg:oauth:2.0:oob"}, .scopes = "read"}));
  site_.app().db.write_blocking([&](store::Write& write) {
    for (const Somebody* who : {&mina_, &jack_}) {
      app::issue_token_for_new_account(write, {.client = client.client.id, .scopes = client.client.scopes},
                                       who->actor.person, who->actor.account);
    }
  });
  const std::string revoke = "/settings/apps/" + client.client.id.str() + "/revoke";
  EXPECT_THAT(page("/settings", &mina_), AllOf(HasSubstr("Ivory &lt;b&gt;"), HasSubstr(revoke)));
  EXPECT_EQ(site_.post(revoke, {}, mina_).status, 303);
  EXPECT_THAT(page("/settings", &mina_), HasSubstr("<p>None.</p>"));
  EXPECT_THAT(page("/settings", &jack_), HasSubstr("Ivory"));
}

}  // namespace
}  // namespace hoopoe::web
