#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/square_test.h"
#include "app/rules.h"
#include "store/accounts.h"
#include "tests/support/multipart.h"

namespace hoopoe::api {
namespace {

using net::Method;
using testing::ElementsAre;
using testing::HasSubstr;

class Statuses : public testing::Test {
 protected:
  Reply post(const std::string& form) { return square_.post("/api/v1/statuses", jack_.token, form); }
  std::string path(const std::string& id, const std::string& rest = "") {
    return "/api/v1/statuses/" + id + rest;
  }

  ApiSquare square_;
  Named jack_ = square_.join("jack");
  Named biz_ = square_.join("biz");
};

TEST_F(Statuses, APostIsTakenAsJsonFormMultipartAndQuery) {
  const std::vector<Reply> replies{
      square_.call(
          Method::post, "/api/v1/statuses",
          {.token = jack_.token,
           .body =
               R"({"status":"سلام","sensitive":true,"spoiler_text":"w","visibility":"unlisted","language":"fa"})",
           .content_type = "application/json"}),
      post("status=%D8%B3%D9%84%D8%A7%D9%85&sensitive=1&spoiler_text=w&visibility=unlisted&language=fa"),
      square_.call(Method::post, "/api/v1/statuses",
                   {.token = jack_.token,
                    .body = tests::multipart({{"status", "سلام"},
                                              {"sensitive", "on"},
                                              {"spoiler_text", "w"},
                                              {"visibility", "unlisted"},
                                              {"language", "fa"}}),
                    .content_type = tests::multipart_type}),
      square_.post("/api/v1/statuses?status=%D8%B3%D9%84%D8%A7%D9%85&sensitive=true&spoiler_text=w&"
                   "visibility=unlisted&language=fa",
                   jack_.token)};
  for (const Reply& reply : replies) {
    ASSERT_EQ(reply.status, 200) << reply.body;
    EXPECT_EQ(reply.at("/content"), "<p>سلام</p>");
    EXPECT_EQ(reply.at("/sensitive"), "true");
    EXPECT_EQ(reply.at("/spoiler_text"), "w");
    EXPECT_EQ(reply.at("/visibility"), "unlisted");
    EXPECT_EQ(reply.at("/language"), "fa");
  }
}

// What is made is put together from what its write knew, and not read again.
TEST_F(Statuses, WhatPublishingAnswersIsWhatReadingGives) {
  const Named ceo = square_.join("ceo");
  square_.join("gone");
  square_.app().db.write_blocking([&](store::Write& write) {
    store::accounts::set_suspended(write, store::accounts::find_by_handle(write, "gone")->id, write.now());
  });
  const std::string first = square_.publish(biz_, "a question to @jack");
  const std::string repost = square_.post(path(first, "/reblog"), ceo.token).at("/id");
  const std::vector<std::string> forms{
      "status=hello",
      "status=%40ceo+and+%40BIZ%2C+%40gone+%40nobody+%40jack+%40square.test+%23Tag+%23%D8%B3%D9%84%D8%A7%D9%"
      "85+http%3A%2F%2Fa.com",
      "status=careful&spoiler_text=w&language=fa",
      "status=for+some&visibility=private",
      "status=%40biz+for+you&visibility=direct",
      "status=quiet&visibility=unlisted&reply_rule=followed",
      "status=an+answer&in_reply_to_id=" + first,
      "status=to+what+it+repeats&in_reply_to_id=" + repost,
      "status=in+private&visibility=private&in_reply_to_id=" + first,
  };
  for (const bool conversation_is_muted : {false, true}) {
    if (conversation_is_muted) square_.post(path(first, "/mute"), jack_.token);
    for (const std::string& form : forms) {
      const Reply made = post(form);
      ASSERT_EQ(made.status, 200) << form << made.body;
      EXPECT_EQ(made.body, square_.get(path(made.at("/id")), jack_.token).body) << form;
      const bool is_answer = form.contains("in_reply_to");
      EXPECT_EQ(made.at("/muted"), conversation_is_muted && is_answer ? "true" : "false") << form;
    }
  }
}

TEST_F(Statuses, APostThatWaitsForAModeratorIsToldInWordsAndIsNoPost) {
  square_.app().db.write_blocking([](store::Write& write) {
    app::add_rule(write, {.act = RuleAct::hold, .words = {"offer"}}, {.by = {}, .reason = {}});
  });
  const Reply reply = post("status=an+offer");
  EXPECT_EQ(reply.status, 422);
  EXPECT_THAT(reply.at("/error"), HasSubstr("moderator"));
  EXPECT_EQ(square_.get("/api/v1/timelines/home", jack_.token).body, "[]");
}

TEST_F(Statuses, WhatIsWrongWithAPostIsSaid) {
  const std::vector<std::pair<std::string, std::string>> errors{
      {"", "Validation failed: Text can't be blank"},
      {"status=+%0A+", "Validation failed: Text can't be blank"},
      {"status=" + std::string(141, 'a'), "Validation failed: Text character limit of 140 exceeded by 1"},
      {"status=a&visibility=all", "Validation failed: Visibility is not included in the list"},
      {"status=a&poll[options][]=1", "Validation failed: This server takes no polls yet"},
      {"status=a&scheduled_at=2014-01-01", "Validation failed: This server does not schedule posts yet"}};
  for (const auto& [form, error] : errors) {
    const Reply reply = post(form);
    EXPECT_EQ(reply.status, 422) << form;
    EXPECT_EQ(reply.at("/error"), error) << form;
  }
  EXPECT_EQ(post("status=a&sensitive=maybe").status, 400);
  EXPECT_EQ(post("status=a&in_reply_to_id=77").status, 404);
  EXPECT_EQ(square_.get("/api/v1/timelines/public").body, "[]");
}

TEST_F(Statuses, TheSameWishIsOnePost) {
  const auto with_key = [&](const Named& who, const std::string& key) {
    return square_
        .call(Method::post, "/api/v1/statuses",
              {.token = who.token, .body = "status=hello", .headers = {{"Idempotency-Key", key}}})
        .at("/id");
  };
  const std::string first = with_key(jack_, "one");
  EXPECT_EQ(with_key(jack_, "one"), first);
  EXPECT_NE(with_key(jack_, "two"), first);
  EXPECT_NE(with_key(biz_, "one"), first) << "a key is its account's own";
  square_.pass(std::chrono::hours(1) + std::chrono::seconds(1));
  EXPECT_NE(with_key(jack_, "one"), first);
}

TEST_F(Statuses, AnAuthorsDefaultsHoldWhereNothingIsSent) {
  square_.call(
      Method::patch, "/api/v1/accounts/update_credentials",
      {.token = jack_.token, .body = "source[privacy]=private&source[sensitive]=1&source[language]=fa"});
  const Reply by_default = post("status=hello");
  EXPECT_EQ(by_default.at("/visibility"), "private");
  EXPECT_EQ(by_default.at("/sensitive"), "true");
  EXPECT_EQ(by_default.at("/language"), "fa");
  const Reply chosen = post("status=hello&visibility=public&sensitive=false&language=en");
  EXPECT_EQ(chosen.at("/visibility"), "public");
  EXPECT_EQ(chosen.at("/sensitive"), "false");
  EXPECT_EQ(chosen.at("/language"), "en");
}

TEST_F(Statuses, OnlyItsAuthorDeletesAPostAndGetsItsSource) {
  const std::string id = post("status=soon+%23gone").at("/id");
  EXPECT_EQ(square_.call(Method::delete_, path(id), {.token = biz_.token}).status, 404);
  const Reply reply = square_.call(Method::delete_, path(id), {.token = jack_.token});
  EXPECT_EQ(reply.at("/text"), "soon #gone");
  EXPECT_EQ(square_.get(path(id)).status, 404);
  EXPECT_EQ(square_.call(Method::delete_, path(id), {.token = jack_.token}).status, 404);
}

TEST_F(Statuses, WhoMayNotReadAPostCannotTellItFromNone) {
  const std::string hidden = post("status=for+followers&visibility=private").at("/id");
  for (const char* rest : {"", "/context", "/reblogged_by", "/favourited_by"}) {
    EXPECT_EQ(square_.get(path(hidden, rest), biz_.token).body, R"({"error":"Record not found"})") << rest;
    EXPECT_EQ(square_.get(path(hidden, rest)).status, 404) << rest;
  }
  for (const char* act : {"/favourite", "/unfavourite", "/reblog", "/unreblog"}) {
    EXPECT_EQ(square_.post(path(hidden, act), biz_.token).status, 404) << act;
  }
  EXPECT_EQ(square_.post("/api/v1/statuses", biz_.token, "status=a&in_reply_to_id=" + hidden).status, 404);
  EXPECT_EQ(square_.get("/api/v1/statuses?id[]=" + hidden, biz_.token).body, "[]");
  EXPECT_EQ(square_.get(path(hidden), jack_.token).status, 200);
}

TEST_F(Statuses, AFavouriteAndARepostAreMadeOnceAndUndone) {
  const std::string id = post("status=hello").at("/id");
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(square_.post(path(id, "/favourite"), biz_.token).at("/favourites_count"), "1");
    EXPECT_EQ(square_.post(path(id, "/reblog"), biz_.token).at("/reblog/reblogs_count"), "1");
  }
  EXPECT_EQ(square_.get(path(id), biz_.token).at("/favourited"), "true");
  EXPECT_EQ(square_.get(path(id), biz_.token).at("/reblogged"), "true");
  EXPECT_EQ(square_.get(path(id)).at("/favourited"), "false");
  EXPECT_THAT(ids(square_.get(path(id, "/favourited_by")).json()), ElementsAre(biz_.id()));
  EXPECT_THAT(ids(square_.get(path(id, "/reblogged_by")).json()), ElementsAre(biz_.id()));
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(square_.post(path(id, "/unfavourite"), biz_.token).at("/favourites_count"), "0");
    EXPECT_EQ(square_.post(path(id, "/unreblog"), biz_.token).at("/reblogs_count"), "0");
  }
}

TEST_F(Statuses, ManyAreGivenInTheOrderAskedFor) {
  const std::string one = post("status=one").at("/id");
  const std::string two = post("status=two").at("/id");
  EXPECT_THAT(ids(square_.get("/api/v1/statuses?id[]=" + one + "&id[]=77&id[]=" + two).json()),
              ElementsAre(one, two));
  EXPECT_EQ(square_.get("/api/v1/statuses").body, "[]");
}

TEST_F(Statuses, ABodyOfAnUnknownKindIsExplained) {
  const Reply reply =
      square_.call(Method::post, "/api/v1/statuses",
                   {.token = jack_.token, .body = "status: hello", .content_type = "text/yaml"});
  EXPECT_EQ(reply.status, 400);
  EXPECT_THAT(reply.at("/error"), HasSubstr("application/json"));
}

TEST_F(Statuses, AnEditIsShownWithItsHistoryAndItsSource) {
  const std::string id = square_.publish(jack_, "just setting up");
  const Reply edited = square_.call(net::Method::put, path(id, ""),
                                    {.token = jack_.token, .body = "status=set+up&spoiler_text=careful"});
  EXPECT_EQ(edited.status, 200);
  EXPECT_NE(edited.at("/edited_at"), "null");
  EXPECT_EQ(edited.at("/spoiler_text"), "careful");
  const Reply history = square_.get(path(id, "/history"));
  EXPECT_THAT(history.at("/0/content"), testing::HasSubstr("just setting up"));
  EXPECT_EQ(history.at("/1/spoiler_text"), "careful");
  EXPECT_EQ(history.at("/1/favourites_count"), "0");
  EXPECT_EQ(square_.get(path(id, "/source"), jack_.token).at("/text"), "set up");
  EXPECT_EQ(square_.get(path(id, "/source"), biz_.token).status, 404);
  EXPECT_EQ(square_.call(net::Method::put, path(id, ""), {.token = biz_.token, .body = "status=x"}).status,
            404);
}

TEST_F(Statuses, WhatIsKeptIsListedAndFlagged) {
  const std::string id = square_.publish(jack_, "just setting up");
  EXPECT_EQ(square_.post(path(id, "/bookmark"), biz_.token).at("/bookmarked"), "true");
  EXPECT_THAT(ids(square_.get("/api/v1/bookmarks", biz_.token).json()), ElementsAre(id));
  square_.post(path(id, "/favourite"), biz_.token);
  EXPECT_THAT(ids(square_.get("/api/v1/favourites", biz_.token).json()), ElementsAre(id));
  EXPECT_EQ(square_.post(path(id, "/unbookmark"), biz_.token).at("/bookmarked"), "false");
  EXPECT_EQ(square_.post(path(id, "/pin"), jack_.token).at("/pinned"), "true");
  EXPECT_THAT(ids(square_.get("/api/v1/accounts/" + jack_.id() + "/statuses?pinned=true").json()),
              ElementsAre(id));
  EXPECT_EQ(square_.post(path(id, "/pin"), biz_.token).status, 422);
  EXPECT_EQ(square_.post(path(id, "/unpin"), jack_.token).at("/pinned"), "false");
  EXPECT_EQ(square_.post(path(id, "/mute"), biz_.token).at("/muted"), "true");
  EXPECT_EQ(square_.post(path(id, "/unmute"), biz_.token).at("/muted"), "false");
}

}  // namespace
}  // namespace hoopoe::api
