// What is counted over both faces together.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "main/test_site.h"
#include "web/csrf.h"

namespace hoopoe {
namespace {

using testing::HasSubstr;

class LimitsTest : public testing::Test {
 protected:
  LimitsTest() {
    square_.settings().rate_limits_enabled = true;
    site_.sign_in(mina_);
  }
  std::string somebody() {
    const std::string handle = "somebody" + std::to_string(++somebodies_);
    return square_.db()
        .write_blocking([&](store::Write& write) { return store::accounts::insert(write, handle, ""); })
        .str();
  }
  net::Response follow_by_api(const std::string& id) {
    return site_.send(net::Method::post, "/api/v1/accounts/" + id + "/follow", mina_, "");
  }
  net::Response follow_by_form(const std::string& id) {
    return site_.send(net::Method::post, "/accounts/" + id + "/follow", mina_, form("return_to=/home"));
  }
  std::string form(const std::string& fields) const {
    return fields + "&csrf=" + web::csrf_token(mina_.session);
  }
  static std::string header(const net::Response& response, std::string_view name) {
    return std::string(response.headers.find(name).value_or(""));
  }

  tests::TestSquare square_;
  TestSite site_{square_};
  Onlooker mina_{.actor = square_.person("mina")};
  int somebodies_ = 0;
};

TEST_F(LimitsTest, follows_are_counted_over_the_api_and_the_pages_together) {
  const net::Response first = follow_by_api(somebody());
  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(header(first, "X-RateLimit-Limit"), "60");
  EXPECT_EQ(header(first, "X-RateLimit-Remaining"), "59");
  EXPECT_EQ(header(first, "Retry-After"), "");
  for (int i = 1; i < 60; ++i) {
    const std::string id = somebody();
    if (i % 2 == 0) {
      EXPECT_EQ(follow_by_api(id).status, 200);
    } else {
      EXPECT_EQ(follow_by_form(id).status, 303);
    }
  }
  const std::string last = somebody();
  const net::Response by_api = follow_by_api(last);
  EXPECT_EQ(by_api.status, 429);
  EXPECT_THAT(by_api.body, HasSubstr("You have followed many people at once. Please wait 15 minutes"));
  EXPECT_EQ(header(by_api, "X-RateLimit-Limit"), "60");
  EXPECT_EQ(header(by_api, "X-RateLimit-Remaining"), "0");
  EXPECT_EQ(header(by_api, "X-RateLimit-Reset"), "2013-10-01T17:15:00.000Z");
  EXPECT_EQ(header(by_api, "Retry-After"), "900");
  const net::Response by_form = follow_by_form(last);
  EXPECT_EQ(by_form.status, 429);
  EXPECT_THAT(by_form.body, HasSubstr("You have followed many people at once."));
  EXPECT_EQ(header(by_form, "Retry-After"), "900");
}

TEST_F(LimitsTest, strangers_are_counted_over_both_and_the_words_are_not_lost) {
  for (int i = 0; i < 30; ++i) somebody();
  for (int i = 1; i <= 30; ++i) {
    const std::string words = "hello+@somebody" + std::to_string(i);
    const net::Response said =
        i % 2 == 0 ? site_.send(net::Method::post, "/api/v1/statuses", mina_, "status=" + words)
                   : site_.send(net::Method::post, "/posts", mina_, form("text=" + words));
    EXPECT_EQ(said.status, i % 2 == 0 ? 200 : 303) << said.body;
  }
  square_.person("jack");
  const net::Response by_api = site_.send(net::Method::post, "/api/v1/statuses", mina_, "status=hello+@jack");
  EXPECT_EQ(by_api.status, 429);
  EXPECT_THAT(by_api.body, HasSubstr("who neither follow you nor wrote to you first"));
  EXPECT_EQ(header(by_api, "X-RateLimit-Limit"), "30");
  EXPECT_EQ(header(by_api, "X-RateLimit-Reset"), "2013-10-01T18:00:00.000Z");
  EXPECT_EQ(header(by_api, "Retry-After"), "3600");
  const net::Response by_form = site_.send(net::Method::post, "/posts", mina_, form("text=hello+@jack"));
  EXPECT_EQ(by_form.status, 429);
  EXPECT_THAT(by_form.body, HasSubstr("who neither follow you nor wrote to you first"));
  EXPECT_THAT(by_form.body, HasSubstr("hello @jack"));
  const PostId own = square_.publish(mina_.actor, "own words").post->id;
  const net::Response by_edit =
      site_.send(net::Method::post, "/posts/" + own.str() + "/edit", mina_, form("text=other+words+@jack"));
  EXPECT_EQ(by_edit.status, 429);
  EXPECT_THAT(by_edit.body, HasSubstr("other words @jack"));
}

}  // namespace
}  // namespace hoopoe
