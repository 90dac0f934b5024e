#include "app/notifications.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/square_test.h"

namespace hoopoe::api {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Notifications : public testing::Test {
 protected:
  void SetUp() override {
    post_ = square_.publish(biz_, "look");
    square_.post("/api/v1/accounts/" + biz_.id() + "/follow", jack_.token);
    square_.publish(jack_, "hello @biz");
    square_.post("/api/v1/statuses/" + post_ + "/favourite", jack_.token);
    square_.post("/api/v1/statuses/" + post_ + "/reblog", ev_.token);
  }

  std::vector<std::string> types(const std::string& query) {
    std::vector<std::string> found;
    const json::value list = square_.get("/api/v1/notifications" + query, biz_.token).json();
    for (const json::value& entry : list.as_array()) found.emplace_back(entry.at("type").as_string());
    return found;
  }

  ApiSquare square_;
  Named jack_ = square_.join("jack");
  Named biz_ = square_.join("biz");
  Named ev_ = square_.join("ev");
  std::string post_;
};

TEST_F(Notifications, AreNewestFirst) {
  EXPECT_THAT(types(""), ElementsAre("reblog", "favourite", "mention", "follow"));
}

TEST_F(Notifications, OnlyTheWantedTypesAndSendersCome) {
  EXPECT_THAT(types("?types[]=mention&types[]=follow"), ElementsAre("mention", "follow"));
  EXPECT_THAT(types("?exclude_types[]=mention&exclude_types[]=follow"), ElementsAre("reblog", "favourite"));
  EXPECT_THAT(types("?account_id=" + ev_.id()), ElementsAre("reblog"));
  EXPECT_THAT(types("?types[]=poll"), IsEmpty());
  EXPECT_THAT(types("?types[]=poll&types[]=follow"), ElementsAre("follow"));
}

TEST_F(Notifications, WalkByTheirLinks) {
  const Reply first = square_.get("/api/v1/notifications?limit=3&types[]=mention&types[]=reblog", biz_.token);
  EXPECT_EQ(first.json().as_array().size(), 2);
  const Reply page = square_.get("/api/v1/notifications?limit=3", biz_.token);
  EXPECT_EQ(square_.get(page.link("next"), biz_.token).json().as_array().size(), 1);
}

TEST_F(Notifications, OneIsItsOwnersAlone) {
  const std::string id = ids(square_.get("/api/v1/notifications", biz_.token).json()).front();
  EXPECT_EQ(square_.get("/api/v1/notifications/" + id, biz_.token).at("/id"), id);
  EXPECT_EQ(square_.get("/api/v1/notifications/" + id, jack_.token).status, 404);
  EXPECT_EQ(square_.post("/api/v1/notifications/" + id + "/dismiss", jack_.token).status, 404);
  EXPECT_EQ(square_.post("/api/v1/notifications/" + id + "/dismiss", biz_.token).body, "{}");
  EXPECT_EQ(square_.get("/api/v1/notifications/" + id, biz_.token).status, 404);
}

TEST_F(Notifications, AreClearedAllAtOnce) {
  EXPECT_EQ(square_.post("/api/v1/notifications/clear", jack_.token).body, "{}");
  EXPECT_EQ(types("").size(), 4) << "somebody else's are not";
  EXPECT_EQ(square_.post("/api/v1/notifications/clear", biz_.token).status, 200);
  EXPECT_THAT(types(""), IsEmpty());
}

TEST_F(Notifications, WhatWasUndoneIsNotTold) {
  square_.post("/api/v1/statuses/" + post_ + "/unfavourite", jack_.token);
  square_.post("/api/v1/statuses/" + post_ + "/unreblog", ev_.token);
  square_.post("/api/v1/accounts/" + biz_.id() + "/unfollow", jack_.token);
  EXPECT_THAT(types(""), ElementsAre("mention"));
}

TEST_F(Notifications, UnreadOnesAreCountedFromTheMarker) {
  square_.publish(biz_, "@jack hello");
  EXPECT_EQ(square_.get("/api/v1/notifications/unread_count", jack_.token).at("/count"), "1");
  const std::string id = ids(square_.get("/api/v1/notifications", jack_.token).json()).at(0);
  EXPECT_EQ(square_.get("/api/v1/markers?timeline[]=notifications", jack_.token).body, "{}");
  const Reply set = square_.post("/api/v1/markers", jack_.token, "notifications[last_read_id]=" + id);
  EXPECT_EQ(set.at("/notifications/last_read_id"), id);
  EXPECT_EQ(square_.get("/api/v1/markers?timeline[]=notifications&timeline[]=nonsense", jack_.token)
                .at("/notifications/version"),
            "1");
  EXPECT_EQ(square_.get("/api/v1/notifications/unread_count", jack_.token).at("/count"), "0");
  EXPECT_EQ(square_.get("/api/v1/notifications/unread_count", ev_.token).at("/count"), "0");
}

}  // namespace
}  // namespace hoopoe::api
