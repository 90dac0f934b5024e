#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/square_test.h"

namespace hoopoe::api {
namespace {

using testing::ElementsAre;

class Relations : public testing::Test {
 protected:
  std::string path(const Named& named, const std::string& rest) {
    return "/api/v1/accounts/" + named.id() + rest;
  }

  ApiSquare square_;
  Named jack_ = square_.join("jack");
  Named biz_ = square_.join("biz");
  Named ev_ = square_.join("ev");
};

TEST_F(Relations, AFollowIsSeenFromBothSidesAndUndone) {
  const Reply made = square_.post(path(biz_, "/follow"), jack_.token);
  EXPECT_EQ(made.at("/following"), "true");
  EXPECT_EQ(made.at("/showing_reblogs"), "true");
  EXPECT_EQ(made.at("/notifying"), "false");
  const std::string query = "/api/v1/accounts/relationships?id=" + jack_.id();
  EXPECT_EQ(square_.get(query, biz_.token).at("/0/followed_by"), "true");
  EXPECT_EQ(square_.get(path(biz_, "")).at("/followers_count"), "1");
  EXPECT_EQ(square_.get(path(jack_, "")).at("/following_count"), "1");
  EXPECT_EQ(square_.post(path(biz_, "/unfollow"), jack_.token).at("/following"), "false");
  EXPECT_EQ(square_.get(path(biz_, "")).at("/followers_count"), "0");
}

TEST_F(Relations, AFollowAgainChangesItsChoicesAlone) {
  square_.post(path(biz_, "/follow"), jack_.token);
  const Reply again = square_.post(path(biz_, "/follow"), jack_.token, "reblogs=false&notify=1");
  EXPECT_EQ(again.at("/showing_reblogs"), "false");
  EXPECT_EQ(again.at("/notifying"), "true");
  EXPECT_EQ(square_.get(path(biz_, "")).at("/followers_count"), "1");
}

TEST_F(Relations, ALockedAccountIsAsked) {
  square_.call(net::Method::patch, "/api/v1/accounts/update_credentials",
               {.token = biz_.token, .body = "locked=on"});
  const Reply asked = square_.post(path(biz_, "/follow"), jack_.token);
  EXPECT_EQ(asked.at("/requested"), "true");
  EXPECT_EQ(asked.at("/following"), "false");
  EXPECT_EQ(
      square_.get("/api/v1/accounts/verify_credentials", biz_.token).at("/source/follow_requests_count"),
      "1");
}

TEST_F(Relations, ARequestIsListedAndAnswered) {
  square_.call(net::Method::patch, "/api/v1/accounts/update_credentials",
               {.token = biz_.token, .body = "locked=on"});
  square_.post(path(biz_, "/follow"), jack_.token);
  square_.post(path(biz_, "/follow"), ev_.token);
  EXPECT_THAT(ids(square_.get("/api/v1/follow_requests", biz_.token).json()),
              ElementsAre(ev_.id(), jack_.id()));
  EXPECT_EQ(square_.get("/api/v1/accounts/relationships?id=" + jack_.id(), biz_.token).at("/0/requested_by"),
            "true");
  const std::string requests = "/api/v1/follow_requests/";
  EXPECT_EQ(square_.post(requests + jack_.id() + "/authorize", biz_.token).at("/followed_by"), "true");
  EXPECT_EQ(square_.post(requests + ev_.id() + "/reject", biz_.token).at("/followed_by"), "false");
  EXPECT_EQ(square_.post(requests + ev_.id() + "/reject", biz_.token).status, 404);
  EXPECT_EQ(square_.post(path(jack_, "/remove_from_followers"), biz_.token).at("/followed_by"), "false");
}

TEST_F(Relations, ABlockIsSeenFromBothSidesListedAndUndone) {
  EXPECT_EQ(square_.post(path(biz_, "/block"), jack_.token).at("/blocking"), "true");
  EXPECT_EQ(square_.get("/api/v1/accounts/relationships?id=" + jack_.id(), biz_.token).at("/0/blocked_by"),
            "true");
  EXPECT_EQ(square_.post(path(jack_, "/follow"), biz_.token).status, 403);
  EXPECT_THAT(ids(square_.get("/api/v1/blocks", jack_.token).json()), ElementsAre(biz_.id()));
  EXPECT_EQ(square_.get("/api/v1/blocks", biz_.token).body, "[]");
  EXPECT_EQ(square_.post(path(biz_, "/unblock"), jack_.token).at("/blocking"), "false");
}

TEST_F(Relations, AMuteSaysHowAndUntilWhenAndIsListedWithItsEnd) {
  const Reply mute = square_.post(path(biz_, "/mute"), jack_.token, "notifications=false&duration=3600");
  EXPECT_EQ(mute.at("/muting"), "true");
  EXPECT_EQ(mute.at("/muting_notifications"), "false");
  EXPECT_EQ(mute.at("/muting_expires_at"),
            square_.get("/api/v1/mutes", jack_.token).at("/0/mute_expires_at"));
  const Reply longer = square_.post(path(biz_, "/mute"), jack_.token);
  EXPECT_EQ(longer.at("/muting_notifications"), "true");
  EXPECT_EQ(longer.at("/muting_expires_at"), "null");
  EXPECT_EQ(square_.post(path(biz_, "/mute"), jack_.token, "duration=soon").status, 400);
  EXPECT_EQ(square_.post(path(biz_, "/mute"), jack_.token, "duration=-1").status, 422);
  EXPECT_EQ(square_.post(path(biz_, "/unmute"), jack_.token).at("/muting"), "false");
  EXPECT_EQ(square_.get("/api/v1/mutes", jack_.token).body, "[]");
}

TEST_F(Relations, NobodyFollowsThemselves) {
  EXPECT_EQ(square_.post(path(jack_, "/follow"), jack_.token).status, 403);
}

TEST_F(Relations, FollowersAndFollowingAreWalkedByTheirLinks) {
  square_.post(path(biz_, "/follow"), jack_.token);
  square_.post(path(biz_, "/follow"), ev_.token);
  const Reply first = square_.get(path(biz_, "/followers?limit=1"));
  EXPECT_THAT(ids(first.json()), ElementsAre(ev_.id()));
  const Reply second = square_.get(first.link("next"));
  EXPECT_THAT(ids(second.json()), ElementsAre(jack_.id()));
  EXPECT_THAT(ids(square_.get(second.link("prev")).json()), ElementsAre(ev_.id()));
  EXPECT_EQ(square_.get(second.link("next")).body, "[]");
  EXPECT_THAT(ids(square_.get(path(jack_, "/following")).json()), ElementsAre(biz_.id()));
}

TEST_F(Relations, ManyAreAnsweredInTheOrderAskedFor) {
  const Reply reply =
      square_.get("/api/v1/accounts/relationships?id[]=" + ev_.id() + "&id[]=" + biz_.id(), jack_.token);
  EXPECT_THAT(ids(reply.json()), ElementsAre(ev_.id(), biz_.id()));
  EXPECT_EQ(square_.get("/api/v1/accounts/relationships", jack_.token).body, "[]");
}

}  // namespace
}  // namespace hoopoe::api
