#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/square_test.h"

namespace hoopoe::api {
namespace {

using testing::IsEmpty;

class Reports : public testing::Test {
 protected:
  ApiSquare square_;
  Named jack_ = square_.join("jack");
  Named biz_ = square_.join("biz");
};

TEST_F(Reports, IsAnsweredAsTheEntityOfTheApi) {
  const std::string post = square_.publish(biz_, "buy this");
  const Reply made = square_.post(
      "/api/v1/reports", jack_.token,
      "account_id=" + biz_.id() + "&status_ids[]=" + post + "&category=spam&comment=look&forward=true");
  EXPECT_EQ(made.status, 200);
  EXPECT_THAT(differing_keys(made.json(),
                             "id action_taken action_taken_at category comment forwarded created_at "
                             "status_ids rule_ids target_account"),
              IsEmpty());
  EXPECT_EQ(made.at("/category"), "spam");
  EXPECT_EQ(made.at("/comment"), "look");
  EXPECT_EQ(made.at("/status_ids/0"), post);
  EXPECT_EQ(made.at("/target_account/id"), biz_.id());
  EXPECT_EQ(made.at("/action_taken"), "false");
}

TEST_F(Reports, WhatIsWrongIsRefused) {
  EXPECT_EQ(square_.post("/api/v1/reports", "", "account_id=" + biz_.id()).status, 401);
  EXPECT_EQ(square_.post("/api/v1/reports", square_.token(jack_, "write:statuses"), "account_id=" + biz_.id())
                .status,
            403);
  EXPECT_EQ(square_.post("/api/v1/reports", jack_.token).status, 404);
  EXPECT_EQ(square_.post("/api/v1/reports", jack_.token, "account_id=" + biz_.id() + "&category=bad").status,
            422);
}

}  // namespace
}  // namespace hoopoe::api
