#include "api/entities.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/square_test.h"
// Every key that the documentation of the Mastodon API has for an entity (mastodon/documentation,
// content/en/entities) is in every answer that holds one: an app that misses one may refuse to sign in.
namespace hoopoe::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view account_keys =
    "id username acct display_name locked bot discoverable indexable group created_at note url uri avatar "
    "avatar_static avatar_description header header_static header_description followers_count "
    "following_count "
    "statuses_count last_status_at hide_collections noindex moved suspended limited emojis roles fields";
constexpr std::string_view status_keys =
    "id created_at in_reply_to_id in_reply_to_account_id sensitive spoiler_text visibility language uri url "
    "replies_count reblogs_count favourites_count quotes_count edited_at content reblog application account "
    "media_attachments mentions tags emojis card poll quote quote_approval favourited reblogged muted "
    "bookmarked "
    "pinned filtered";

class Entities : public testing::Test {
 protected:
  ApiSquare square_;
  Named jack_ = square_.join("jack");
  Named biz_ = square_.join("Biz");
};

void expect_status(const json::value& status) {
  EXPECT_THAT(differing_keys(status, status_keys), IsEmpty());
  EXPECT_THAT(differing_keys(status.at("account"), account_keys), IsEmpty());
}

TEST_F(Entities, AnAccountHasEveryDocumentedKey) {
  const Reply reply = square_.get("/api/v1/accounts/" + biz_.id());
  EXPECT_THAT(differing_keys(reply.json(), account_keys), IsEmpty());
  EXPECT_EQ(reply.at("/id"), biz_.id());
  EXPECT_EQ(reply.at("/username"), "Biz");
  EXPECT_EQ(reply.at("/acct"), "Biz");
  EXPECT_EQ(reply.at("/url"), "http://square.test/@Biz");
  EXPECT_EQ(reply.at("/created_at"), "2013-10-01T00:00:00.000Z");
  EXPECT_EQ(reply.at("/last_status_at"), "null");
  square_.publish(biz_, "hello");
  EXPECT_EQ(square_.get("/api/v1/accounts/" + biz_.id()).at("/last_status_at"), "2013-10-01");
}

TEST_F(Entities, OnesOwnAccountHasItsSourceAndRoleToo) {
  const Reply reply = square_.get("/api/v1/accounts/verify_credentials", jack_.token);
  EXPECT_THAT(differing_keys(reply.json(), std::string(account_keys) + " source role"), IsEmpty());
  EXPECT_THAT(differing_keys(reply.json().at("source"),
                             "privacy sensitive language note fields follow_requests_count hide_collections "
                             "discoverable indexable attribution_domains quote_policy"),
              IsEmpty());
  EXPECT_THAT(differing_keys(reply.json().at("role"), "id name color permissions highlighted"), IsEmpty());
}

TEST_F(Entities, AStatusHasEveryDocumentedKey) {
  const std::string id = square_.publish(jack_, "@biz just setting up my #twttr, see example.com <b>");
  const Reply reply = square_.get("/api/v1/statuses/" + id);
  expect_status(reply.json());
  EXPECT_THAT(differing_keys(reply.json().at("mentions").at(0), "id username url acct"), IsEmpty());
  EXPECT_EQ(reply.at("/mentions/0/id"), biz_.id());
  EXPECT_EQ(reply.at("/mentions/0/username"), "Biz");
  EXPECT_EQ(reply.at("/tags/0/name"), "twttr");
  EXPECT_EQ(reply.at("/tags/0/url"), "http://square.test/tags/twttr");
  EXPECT_EQ(reply.at("/url"), "http://square.test/@jack/" + id);
  EXPECT_EQ(reply.at("/application/name"), "Tweetie");
  EXPECT_EQ(reply.at("/application/website"), "null");
  EXPECT_EQ(reply.at("/created_at"), "2013-10-01T17:00:00.000Z");
  EXPECT_THAT(reply.at("/content"), HasSubstr("&lt;b&gt;"));
}

TEST_F(Entities, AReplyNamesItsParent) {
  const std::string parent = square_.publish(jack_, "a question");
  const std::string reply_id = square_.publish(biz_, "an answer", R"({"in_reply_to_id": ")" + parent + "\"}");
  const Reply reply = square_.get("/api/v1/statuses/" + reply_id);
  expect_status(reply.json());
  EXPECT_EQ(reply.at("/in_reply_to_id"), parent);
  EXPECT_EQ(reply.at("/in_reply_to_account_id"), jack_.id());
  EXPECT_EQ(square_.get("/api/v1/statuses/" + parent).at("/replies_count"), "1");
}

TEST_F(Entities, AReplyToADeletedPostIsWholeAndItsContextHasNoGapInItsKeys) {
  const std::string parent = square_.publish(jack_, "soon gone");
  const std::string child = square_.publish(biz_, "an answer", R"({"in_reply_to_id": ")" + parent + "\"}");
  EXPECT_EQ(square_.call(net::Method::delete_, "/api/v1/statuses/" + parent, {.token = jack_.token}).status,
            200);
  expect_status(square_.get("/api/v1/statuses/" + child).json());
  EXPECT_EQ(square_.get("/api/v1/statuses/" + parent).status, 404);
  const Reply context = square_.get("/api/v1/statuses/" + child + "/context");
  EXPECT_THAT(differing_keys(context.json(), "ancestors descendants"), IsEmpty());
  EXPECT_EQ(context.at("/ancestors"), "[]");
}

TEST_F(Entities, AReblogHoldsTheWholeOriginal) {
  const std::string id = square_.publish(jack_, "to be passed on");
  const Reply reply = square_.post("/api/v1/statuses/" + id + "/reblog", biz_.token);
  expect_status(reply.json());
  expect_status(reply.json().at("reblog"));
  EXPECT_EQ(reply.at("/reblog/id"), id);
  EXPECT_EQ(reply.at("/account/username"), "Biz");
  EXPECT_EQ(reply.at("/reblogged"), "true");
  EXPECT_EQ(reply.at("/reblog/reblogs_count"), "1");
  EXPECT_EQ(reply.at("/content"), reply.at("/reblog/content"));
  EXPECT_EQ(reply.at("/reblog/reblog"), "null");
}

TEST_F(Entities, AReblogOfWhatIsNoLongerForItsAuthorIsWhole) {
  const std::string id = square_.publish(jack_, "to be passed on");
  const std::string repost = square_.post("/api/v1/statuses/" + id + "/reblog", biz_.token).at("/id");
  EXPECT_EQ(square_.post("/api/v1/accounts/" + biz_.id() + "/block", jack_.token).status, 200);
  const Reply reply = square_.call(net::Method::delete_, "/api/v1/statuses/" + repost, {.token = biz_.token});
  EXPECT_THAT(differing_keys(reply.json(), std::string(status_keys) + " text"), IsEmpty());
  EXPECT_EQ(reply.at("/reblog"), "null");
}

TEST_F(Entities, AContextListsWholeStatusesAboveAndBelow) {
  const auto answer_to = [](const std::string& id) { return R"({"in_reply_to_id": ")" + id + "\"}"; };
  const std::string root = square_.publish(jack_, "one");
  const std::string middle = square_.publish(biz_, "two", answer_to(root));
  const std::string leaf = square_.publish(jack_, "three", answer_to(middle));
  const json::value context = square_.get("/api/v1/statuses/" + middle + "/context").json();
  EXPECT_THAT(ids(context.at("ancestors")), ElementsAre(root));
  EXPECT_THAT(ids(context.at("descendants")), ElementsAre(leaf));
  expect_status(context.at("ancestors").at(0));
  expect_status(context.at("descendants").at(0));
}

TEST_F(Entities, ARelationshipHasEveryDocumentedKey) {
  const Reply reply = square_.get("/api/v1/accounts/relationships?id[]=" + biz_.id(), jack_.token);
  EXPECT_THAT(
      differing_keys(reply.json().at(0),
                     "id following showing_reblogs notifying languages followed_by blocking blocked_by "
                     "muting muting_notifications muting_expires_at requested requested_by "
                     "domain_blocking endorsed note"),
      IsEmpty());
}

TEST_F(Entities, ANotificationHasEveryDocumentedKey) {
  square_.publish(jack_, "hello @biz");
  square_.post("/api/v1/accounts/" + biz_.id() + "/follow", jack_.token);
  const json::value list = square_.get("/api/v1/notifications", biz_.token).json();
  ASSERT_EQ(list.as_array().size(), 2);
  for (const json::value& notification : list.as_array()) {
    EXPECT_THAT(differing_keys(notification,
                               "id type group_key created_at account status report event moderation_warning"),
                IsEmpty());
    EXPECT_THAT(differing_keys(notification.at("account"), account_keys), IsEmpty());
  }
  EXPECT_TRUE(list.at(0).at("status").is_null());
  expect_status(list.at(1).at("status"));
}

TEST_F(Entities, ABioBecomesHtmlAndNeverMarkup) {
  EXPECT_EQ(html_of(square_.app(), "<script>").find("<script>"), std::string::npos);
  EXPECT_THAT(html_of(square_.app(), "#tag"), HasSubstr("href=\"http://square.test/tags/tag\""));
}

}  // namespace
}  // namespace hoopoe::api
