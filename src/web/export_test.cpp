#include "app/export.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/accounts.h"
#include "base/refusal.h"
#include "store/people.h"
#include "store/posts.h"
#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class WebExportTest : public PageTest {
 protected:
  void say_often(const Somebody& who, int count) {
    site_.app().db.write_blocking([&](store::Write& write) {
      for (int i = 0; i < count; ++i) {
        store::posts::insert(write, {.post = {.author = who.actor.account, .text = "tick"}, .person = {}});
      }
    });
  }
};

TEST_F(WebExportTest, is_a_file_under_ones_name_that_nobody_keeps_on_the_way) {
  for (const std::string ending : {"json", "html"}) {
    const net::Response response = site_.get("/settings/data." + ending, &jack_);
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(header(response, "Content-Disposition"), "attachment; filename=\"jack-hoopoe." + ending + "\"");
    EXPECT_EQ(header(response, "Cache-Control"), "private, no-store");
    EXPECT_THAT(header(response, "Content-Type"), EndsWith(ending + "; charset=utf-8"));
    EXPECT_THAT(header(response, "Content-Security-Policy"), StartsWith("default-src 'none'"));
    EXPECT_THAT(page("/settings", &jack_), HasSubstr("href=\"/settings/data." + ending + "\""));
  }
}

TEST_F(WebExportTest, a_stranger_is_sent_to_sign_in_and_staff_is_refused) {
  const net::Response stranger = site_.get("/settings/data.json");
  EXPECT_EQ(stranger.status, 303);
  EXPECT_THAT(header(stranger, "Location"), StartsWith("/sign-in?return_to=%2Fsettings%2Fdata.json"));
  EXPECT_FALSE(stranger.source);
  // Mina's session acts as jack's account, which she does not own.
  const std::string secret = "secret-of-staff";
  site_.app().db.write_blocking([&](store::Write& write) {
    store::people::add_member(write, mina_.actor.person, jack_.actor.account, "staff");
    store::sessions::insert(write, {.person = mina_.actor.person, .account = jack_.actor.account},
                            crypto::sha256(secret));
  });
  const Somebody staff{.actor = {}, .handle = "jack", .secret = secret};
  const net::Response refused = site_.get("/settings/data.json", &staff);
  EXPECT_EQ(refused.status, 403);
  EXPECT_FALSE(refused.source);
  EXPECT_THAT(page("/settings", &staff), Not(HasSubstr("/settings/data")));
}

TEST_F(WebExportTest, a_large_account_comes_in_pieces_of_a_slice) {
  say_often(jack_, 1'000);
  for (const std::string target : {"/settings/data.json", "/settings/data.html"}) {
    const std::vector<std::string> parts = site_.parts_of(site_.get(target, &jack_));
    EXPECT_GE(parts.size(), 5U) << target;
    for (const std::string& part : parts) EXPECT_LT(part.size(), 200'000U) << target;
  }
}

TEST_F(WebExportTest, breaks_off_when_it_is_not_ones_own_any_more) {
  say_often(jack_, 1'000);
  const net::Response response = site_.get("/settings/data.json", &jack_);
  ASSERT_TRUE(site_.run(response.source()));
  site_.app().db.write_blocking([&](store::Write& write) { app::suspend(write, jack_.actor.account); });
  EXPECT_THROW(site_.run(response.source()), Refusal);
}

TEST_F(WebExportTest, is_begun_a_few_times_an_hour) {
  for (int i = 0; i < 6; ++i) EXPECT_EQ(site_.get("/settings/data.json", &jack_).status, 200);
  const net::Response stopped = site_.get("/settings/data.html", &jack_);
  EXPECT_EQ(stopped.status, 429);
  EXPECT_FALSE(stopped.source);
  EXPECT_EQ(site_.get("/settings/data.html", &mina_).status, 200);
  site_.clock().now_ += std::chrono::hours(1);
  EXPECT_EQ(site_.get("/settings/data.html", &jack_).status, 200);
}

TEST_F(WebExportTest, is_under_way_twice_at_most) {
  std::vector<net::Response> under_way;
  under_way.push_back(site_.get("/settings/data.json", &jack_));
  under_way.push_back(site_.get("/settings/data.html", &jack_));
  const net::Response third = site_.get("/settings/data.json", &jack_);
  EXPECT_EQ(third.status, 429);
  EXPECT_FALSE(third.source);
  EXPECT_EQ(site_.get("/settings/data.json", &mina_).status, 200);
  under_way.pop_back();
  EXPECT_EQ(site_.get("/settings/data.json", &jack_).status, 200);
}

}  // namespace
}  // namespace hoopoe::web
