#include "app/timelines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/square_test.h"

namespace hoopoe::api {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Timelines : public testing::Test {
 protected:
  std::vector<std::string> list(const std::string& target, const std::string& token = "") {
    return ids(square_.get(target, token).json());
  }
  std::string of_jack(const std::string& query) {
    return "/api/v1/accounts/" + jack_.id() + "/statuses" + query;
  }

  ApiSquare square_;
  Named jack_ = square_.join("jack");
  Named biz_ = square_.join("biz");
};

TEST_F(Timelines, HomeHasOnesOwnAndThoseOneFollows) {
  const std::string own = square_.publish(jack_, "mine");
  const std::string other = square_.publish(biz_, "hers");
  EXPECT_THAT(list("/api/v1/timelines/home", jack_.token), ElementsAre(own));
  square_.post("/api/v1/accounts/" + biz_.id() + "/follow", jack_.token);
  EXPECT_THAT(list("/api/v1/timelines/home", jack_.token), ElementsAre(other, own));
}

TEST_F(Timelines, PublicHasWhatIsForEveryone) {
  const std::string shown = square_.publish(jack_, "for all");
  square_.publish(jack_, "unlisted", R"({"visibility": "unlisted"})");
  square_.publish(jack_, "private", R"({"visibility": "private"})");
  square_.publish(jack_, "@biz direct", R"({"visibility": "direct"})");
  EXPECT_THAT(list("/api/v1/timelines/public"), ElementsAre(shown));
  EXPECT_THAT(list("/api/v1/timelines/public?local=1"), ElementsAre(shown));
  EXPECT_THAT(list("/api/v1/timelines/public", jack_.token), ElementsAre(shown));
}

TEST_F(Timelines, OfOtherServersAndOfMediaThereIsNothing) {
  square_.publish(jack_, "#tag");
  for (const char* query : {"?remote=true", "?only_media=1"}) {
    EXPECT_THAT(list(std::string("/api/v1/timelines/public") + query), IsEmpty());
    EXPECT_THAT(list(std::string("/api/v1/timelines/tag/tag") + query), IsEmpty());
  }
  EXPECT_THAT(list(of_jack("?only_media=true")), IsEmpty());
  EXPECT_THAT(list(of_jack("?pinned=true")), IsEmpty());
}

TEST_F(Timelines, ATagIsFoundInAnySpelling) {
  const std::string id = square_.publish(jack_, "#Twttr");
  EXPECT_THAT(list("/api/v1/timelines/tag/tWTTR"), ElementsAre(id));
  EXPECT_THAT(list("/api/v1/timelines/tag/other"), IsEmpty());
}

TEST_F(Timelines, AnAccountsListLeavesOutWhatItIsAskedTo) {
  const std::string plain = square_.publish(jack_, "plain");
  const std::string of_biz = square_.publish(biz_, "hello");
  const std::string reply = square_.publish(jack_, "reply", R"({"in_reply_to_id": ")" + of_biz + "\"}");
  const std::string repost = square_.post("/api/v1/statuses/" + of_biz + "/reblog", jack_.token).at("/id");
  EXPECT_THAT(list(of_jack("")), ElementsAre(repost, reply, plain));
  EXPECT_THAT(list(of_jack("?exclude_reblogs=1")), ElementsAre(reply, plain));
  EXPECT_THAT(list(of_jack("?exclude_replies=true&exclude_reblogs=on")), ElementsAre(plain));
  EXPECT_THAT(list(of_jack("?exclude_reblogs=false&exclude_replies=0")), ElementsAre(repost, reply, plain));
}

TEST_F(Timelines, APageOfHiddenPostsStillLeadsOn) {
  const std::string oldest = square_.publish(jack_, "for all");
  for (int i = 0; i < 3; ++i) square_.publish(jack_, "private", R"({"visibility": "private"})");
  std::string target = of_jack("?limit=2");
  std::vector<std::string> seen;
  for (int pages = 0; !target.empty() && pages < 5; ++pages) {
    const Reply reply = square_.get(target);
    for (const std::string& id : ids(reply.json())) seen.push_back(id);
    target = reply.link("next");
  }
  EXPECT_THAT(seen, ElementsAre(oldest));
}

}  // namespace
}  // namespace hoopoe::api
