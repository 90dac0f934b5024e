#include "api/call.h"

#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/square_test.h"

namespace hoopoe::api {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::HasSubstr;
using testing::IsEmpty;

class Paging : public testing::Test {
 protected:
  void SetUp() override {
    for (int i = 0; i < 7; ++i)
      posts_.insert(posts_.begin(), square_.publish(jack_, "post " + std::to_string(i)));
  }

  std::vector<std::string> page(const std::string& target) { return ids(square_.get(target).json()); }

  ApiSquare square_;
  Named jack_ = square_.join("jack");
  std::vector<std::string> posts_;  // newest first
};

TEST_F(Paging, NextWalksAWholeListOnce) {
  std::vector<std::string> seen;
  std::string target = "/api/v1/timelines/public?limit=3&local=true";
  for (int pages = 0; !target.empty() && pages < 9; ++pages) {
    const Reply reply = square_.get(target);
    for (const std::string& id : ids(reply.json())) seen.push_back(id);
    target = reply.link("next");
    if (!target.empty()) EXPECT_THAT(target, HasSubstr("limit=3&local=true&max_id="));
  }
  EXPECT_THAT(seen, ElementsAreArray(posts_));
}

TEST_F(Paging, PrevComesBackWithoutAGap) {
  const Reply last = square_.get("/api/v1/timelines/public?limit=2&max_id=" + posts_[4]);
  EXPECT_THAT(ids(last.json()), ElementsAre(posts_[5], posts_[6]));
  EXPECT_THAT(last.link("prev"), HasSubstr("min_id=" + posts_[5]));
  const Reply before = square_.get(last.link("prev"));
  EXPECT_THAT(ids(before.json()), ElementsAre(posts_[3], posts_[4]));
  EXPECT_THAT(ids(square_.get(before.link("prev")).json()), ElementsAre(posts_[1], posts_[2]));
}

TEST_F(Paging, SinceGivesTheNewestAndMinTheNearest) {
  EXPECT_THAT(page("/api/v1/timelines/public?limit=2&since_id=" + posts_[6]),
              ElementsAre(posts_[0], posts_[1]));
  EXPECT_THAT(page("/api/v1/timelines/public?limit=2&min_id=" + posts_[6]),
              ElementsAre(posts_[4], posts_[5]));
}

TEST_F(Paging, NobodyIsToldOfAPageBesideNothing) {
  const Reply reply = square_.get("/api/v1/timelines/public?max_id=" + posts_.back());
  EXPECT_THAT(ids(reply.json()), IsEmpty());
  EXPECT_EQ(reply.header("Link"), "");
}

TEST_F(Paging, ZeroIsBelowEveryId) {
  EXPECT_THAT(page("/api/v1/timelines/public?limit=1&min_id=0"), ElementsAre(posts_[6]));
  EXPECT_THAT(page("/api/v1/timelines/public?limit=1&since_id=0"), ElementsAre(posts_[0]));
  EXPECT_THAT(page("/api/v1/timelines/public?max_id=0"), IsEmpty());
}

TEST_F(Paging, ALimitIsBroughtInsideItsBounds) {
  EXPECT_EQ(page("/api/v1/timelines/public?limit=0").size(), 1);
  EXPECT_EQ(page("/api/v1/timelines/public?limit=-3").size(), 1);
  EXPECT_EQ(page("/api/v1/timelines/public?limit=1000").size(), 7);
  EXPECT_EQ(page("/api/v1/timelines/public?limit=").size(), 7);
}

TEST_F(Paging, WhatIsNoNumberIsABadRequest) {
  for (const char* query : {"max_id=abc", "since_id=-1", "min_id=99999999999999999999", "limit=many"}) {
    const Reply reply = square_.get(std::string("/api/v1/timelines/public?") + query);
    EXPECT_EQ(reply.status, 400) << query;
    EXPECT_NE(reply.at("/error"), "absent");
  }
}

// fetch() gives a header's bytes as Latin-1: an address that is not encoded would lead elsewhere.
TEST_F(Paging, TheLinksOfATagInAnyScriptLeadBackToIt) {
  square_.publish(jack_, "#آزادی");
  square_.publish(jack_, "again #آزادی");
  const std::string tag = "%D8%A2%D8%B2%D8%A7%D8%AF%DB%8C";
  const Reply first = square_.get("/api/v1/timelines/tag/" + tag + "?limit=1");
  EXPECT_THAT(first.link("next"), HasSubstr("/api/v1/timelines/tag/" + tag + "?limit=1&max_id="));
  EXPECT_EQ(square_.get(first.link("next")).json().as_array().size(), 1);
}

TEST_F(Paging, ALinkCannotBeBrokenOutOf) {
  const Reply reply = square_.get("/api/v1/timelines/public?x=>;rel=\"next\",<https://evil.example/");
  EXPECT_THAT(reply.header("Link"), HasSubstr("?x=%3E;rel=%22next%22,%3Chttps://evil.example/&max_id="));
}

TEST(Ids, AreDecimalStringsThatFitSixtyThreeBits) {
  ApiSquare square;
  const Named jack = square.join("jack");
  const Reply reply = square.get("/api/v1/statuses/" + square.publish(jack, "hello"));
  for (const char* place : {"/id", "/account/id"}) {
    EXPECT_TRUE(reply.json().at_pointer(place).is_string());
    EXPECT_THAT(reply.at(place), testing::MatchesRegex("[1-9][0-9]{0,18}"));
  }
}

TEST(Ids, ManyAreTakenInEveryFormOfAList) {
  ApiSquare square;
  const Named jack = square.join("jack");
  const Named biz = square.join("biz");
  const std::string one = jack.id();
  const std::string two = biz.id();
  for (const char* form :
       {"id[]={0}&id[]={1}", "id%5B%5D={0}&id%5B%5D={1}", "id={0}&id={1}", "id[]={0}&id=nonsense&id={1}"}) {
    const std::string query = fmt::format(fmt::runtime(form), one, two);
    EXPECT_THAT(ids(square.get("/api/v1/accounts?" + query).json()), ElementsAre(one, two)) << query;
  }
}

}  // namespace
}  // namespace hoopoe::api
