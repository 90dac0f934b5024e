#include "main/admin.h"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/live.h"
#include "app/oauth.h"
#include "app/report.h"
#include "app/sign_in.h"
#include "app/sign_up.h"
#include "base/refusal.h"
#include "crypto/hash.h"
#include "store/accounts.h"
#include "store/oauth.h"
#include "store/people.h"
#include "tests/support/test_square.h"

namespace hoopoe {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

class Admin : public testing::Test {
 protected:
  std::string run(const std::string& command) {
    return run_admin_command(square_.app(), boost::json::parse(command).as_object());
  }
  std::string refusal(const std::string& command) {
    try {
      return "not refused: " + run(command);
    } catch (const Refusal& refused) {
      return refused.what();
    }
  }
  std::string sign_in(const std::string& password) {
    return square_.run(app::sign_in(square_.app(), {.login = "jack", .password = password}));
  }
  std::string token(const app::Actor& actor) {
    square_.db().write_blocking([&](store::Write& write) {
      const ClientId client = store::oauth::insert_client(write, {.name = "Tweetie", .key = "tweetie"});
      store::oauth::insert_token(
          write, {.client = client, .person = actor.person, .account = actor.account, .scopes = actor.scopes},
          crypto::sha256("token"));
    });
    return "token";
  }
  bool good(const std::string& secret) { return app::authenticate(square_.app(), secret).has_value(); }

  tests::TestSquare square_;
};

TEST_F(Admin, AnAccountIsMadeAndListed) {
  EXPECT_EQ(
      run(R"({"command":"account create","handle":"jack","email":"jack@example.org","password":"long enough","role":"admin"})"),
      "Created @jack, admin.\n");
  EXPECT_THAT(run(R"({"command":"account list"})"), HasSubstr("\t@jack\tjack@example.org\tadmin\tactive\n"));
  EXPECT_NE(sign_in("long enough"), "");
}

TEST_F(Admin, WrongWordsAreRefusedAndLeaveNothingBehind) {
  square_.person("jack");
  const std::string before = run(R"({"command":"account list"})");
  const auto creating = [](const std::string& rest) {
    return R"({"command":"account create",)" + rest + "}";
  };
  EXPECT_THAT(refusal(creating(R"("handle":"ev","email":"ev@example.org")")), HasSubstr("--password-stdin"));
  EXPECT_THAT(refusal(creating(R"("handle":"ev","email":"ev@example.org","password":"short")")),
              HasSubstr("too short"));
  EXPECT_THAT(refusal(creating(R"("handle":"e v","email":"nobody","password":"long enough")")),
              AllOf(HasSubstr("username"), HasSubstr("email")));
  EXPECT_THAT(refusal(creating(R"("handle":"admin","email":"a@example.org","password":"long enough")")),
              HasSubstr("reserved"));
  EXPECT_THAT(refusal(creating(R"("handle":"JACK","email":"a@example.org","password":"long enough")")),
              HasSubstr("taken"));
  EXPECT_THAT(refusal(creating(R"("handle":"ev","email":"JACK@example.org","password":"long enough")")),
              HasSubstr("taken"));
  EXPECT_EQ(
      refusal(creating(R"("handle":"ev","email":"ev@example.org","password":"long enough","role":"king")")),
      "The role is person, moderator or admin.");
  for (const char* command : {"reset-password", "approve", "suspend", "unsuspend", "delete"}) {
    EXPECT_EQ(refusal(R"({"command":"account )" + std::string(command) + R"(","handle":"nobody"})"),
              "There is no account @nobody.");
  }
  EXPECT_EQ(refusal(R"({"command":"account role","handle":"jack","role":"king"})"),
            "The role is person, moderator or admin.");
  EXPECT_THAT(refusal(R"({"command":"account reset-password","handle":"jack","password":"short"})"),
              HasSubstr("too short"));
  EXPECT_THAT(refusal(R"({"command":"post delete","id":"77"})"), HasSubstr("no such post"));
  EXPECT_THAT(refusal(R"({"command":"post delete","id":"../1"})"), HasSubstr("number"));
  EXPECT_THAT(refusal(R"({"command":"invite create","uses":0})"), HasSubstr("1 to 10000"));
  EXPECT_EQ(refusal(R"({"command":"fly"})"), "There is no command \"fly\".");
  EXPECT_EQ(refusal(R"({"command":["account list"]})"), "There is no command \"\".");
  EXPECT_EQ(run(R"({"command":"account list"})"), before);
}

TEST_F(Admin, ANewPasswordEndsSessionsAndTokens) {
  const app::Actor jack = square_.person("jack");
  const std::string secret = token(jack);
  const std::string session = sign_in(std::string(tests::TestSquare::password));
  EXPECT_EQ(run(R"({"command":"account reset-password","handle":"@Jack","password":"a new one"})"),
            "The password is changed.\n");
  EXPECT_FALSE(good(secret));
  EXPECT_FALSE(app::find_session(square_.app(), session));
  EXPECT_THROW(sign_in(std::string(tests::TestSquare::password)), Refusal);
  EXPECT_NE(sign_in("a new one"), "");
  const std::string made_up = run(R"({"command":"account reset-password","handle":"jack"})");
  ASSERT_THAT(made_up, StartsWith("The new password is "));
  EXPECT_NE(sign_in(made_up.substr(20, made_up.size() - 21)), "");
}

TEST_F(Admin, ASuspendedAccountIsSignedOutUntilItIsBack) {
  const app::Actor jack = square_.person("jack");
  const std::string secret = token(jack);
  EXPECT_EQ(run(R"({"command":"account suspend","handle":"jack"})"),
            "Suspended: hidden everywhere, signed out.\n");
  EXPECT_FALSE(good(secret));
  EXPECT_THROW(sign_in(std::string(tests::TestSquare::password)), Refusal);
  EXPECT_THAT(run(R"({"command":"account list"})"), HasSubstr("suspended"));
  EXPECT_EQ(run(R"({"command":"account unsuspend","handle":"jack"})"), "The account is back.\n");
  EXPECT_THAT(run(R"({"command":"account list"})"), HasSubstr("active"));
  EXPECT_FALSE(good(secret)) << "what was taken stays taken";
}

TEST_F(Admin, WhoeverWaitsIsLetIn) {
  square_.app().sign_up_mode = SignUpMode::approval;
  square_.run(
      app::sign_up(square_.app(), {.handle = "ev", .email = "ev@example.org", .password = "long enough"}));
  EXPECT_THAT(run(R"({"command":"account list"})"), HasSubstr("waits for approval"));
  EXPECT_EQ(run(R"({"command":"account approve","handle":"ev"})"), "Approved.\n");
  EXPECT_THAT(run(R"({"command":"account list"})"), HasSubstr("active"));
}

TEST_F(Admin, ARoleIsGivenAndTaken) {
  square_.person("jack");
  EXPECT_EQ(run(R"({"command":"account role","handle":"jack","role":"moderator"})"),
            "The role is moderator.\n");
  EXPECT_THAT(run(R"({"command":"account list"})"), HasSubstr("moderator"));
  EXPECT_EQ(run(R"({"command":"account role","handle":"jack","role":"person"})"), "The role is person.\n");
}

TEST_F(Admin, ADeletedAccountIsGoneWithMorePostsThanOneSliceHas) {
  const app::Actor jack = square_.person("jack");
  for (int i = 0; i < 120; ++i) square_.publish(jack, "post " + std::to_string(i));
  EXPECT_EQ(run(R"({"command":"account delete","handle":"jack"})"), "Deleted, with all its posts.\n");
  EXPECT_EQ(square_.db().read([](store::Read& read) { return store::accounts::totals(read).posts; }), 0);
  EXPECT_THAT(refusal(R"({"command":"account suspend","handle":"jack"})"), HasSubstr("no account"));
  EXPECT_THAT(
      refusal(
          R"({"command":"account create","handle":"jack","email":"j@example.org","password":"long enough"})"),
      HasSubstr("taken"))
      << "a handle is never given out again";
}

TEST_F(Admin, APostIsDeletedByItsNumber) {
  const app::Actor jack = square_.person("jack");
  const std::string id = square_.publish(jack, "hello").post->id.str();
  EXPECT_EQ(run(R"({"command":"post delete","id":")" + id + "\"}"), "Deleted.\n");
  EXPECT_EQ(refusal(R"({"command":"post delete","id":")" + id + "\"}"), "There is no such post.");
}

TEST_F(Admin, WhatIsDoneAboutAPostIsUndoneAndWrittenDown) {
  const app::Actor jack = square_.person("jack");
  const app::Actor biz = square_.person("biz");
  const PostId post = square_.publish(jack, "buy this").post->id;
  square_.run(
      app::report(square_.app(), biz,
                  {.target = jack.account, .posts = {post}, .comment = "look\there\nand\u202e\u2028here"}));
  const std::string list = run(R"({"command":"report list"})");
  EXPECT_THAT(list, HasSubstr("\tother\t@jack\t@biz\t" + post.str() + "\tlook here and here\n"));
  const auto on_post = [&](const std::string& what, const std::string& more = "") {
    return R"({"command":"post )" + what + R"(","id":")" + post.str() + "\"" + more + "}";
  };
  EXPECT_THAT(run(on_post("take-down", R"(,"reason":"spam")")), StartsWith("Taken down."));
  EXPECT_EQ(refusal(on_post("take-down")), "There is no such post.");
  EXPECT_EQ(run(on_post("restore")), "The post is back.\n");
  const std::string close = R"({"command":"report close","id":")" + list.substr(0, list.find('\t')) + "\"}";
  EXPECT_EQ(run(close), "Closed.\n");
  EXPECT_EQ(refusal(close), "There is no such open report.");
  EXPECT_EQ(run(R"({"command":"report list"})"), "");
  EXPECT_THAT(run(R"({"command":"account limit","handle":"jack","reason":"noise"})"), StartsWith("Limited"));
  EXPECT_THAT(run(R"({"command":"account unlimit","handle":"jack"})"), HasSubstr("again"));
  EXPECT_EQ(run(R"({"command":"email block","pattern":"Example.net"})"), "Blocked.\n");
  EXPECT_EQ(run(R"({"command":"email list"})"), "example.net\n");
  EXPECT_EQ(run(R"({"command":"email unblock","pattern":"example.net"})"), "No longer blocked.\n");
  const std::string audit = run(R"({"command":"audit list"})");
  EXPECT_THAT(audit, HasSubstr("Z\toperator\ttake-down\t@jack\t" + post.str() + "\tspam\n"));
  EXPECT_THAT(audit, HasSubstr("\toperator\tlimit\t@jack\t-\tnoise\n"));
  EXPECT_EQ(std::ranges::count(audit, '\n'), 7);
}

TEST_F(Admin, AnInvitationIsGoodForSoManySignUps) {
  square_.app().sign_up_mode = SignUpMode::invite;
  std::string code = run(R"({"command":"invite create","uses":2})");
  code.pop_back();
  const auto sign_up = [&](const std::string& handle) {
    return square_.refusal(app::sign_up(square_.app(), {.handle = handle,
                                                        .email = handle + "@example.org",
                                                        .password = "long enough",
                                                        .reason = {},
                                                        .invite = code}));
  };
  EXPECT_EQ(sign_up("jack"), std::nullopt);
  EXPECT_EQ(sign_up("biz"), std::nullopt);
  EXPECT_EQ(sign_up("ev"), RefusalKind::invalid);
}

TEST_F(Admin, OnlyAGoodWishForAnAccountStartsAStore) {
  const auto starts = [](const std::string& command) {
    return starts_a_store(boost::json::parse(command).as_object());
  };
  EXPECT_TRUE(starts(
      R"({"command":"account create","handle":"jack","email":"j@example.org","password":"long enough"})"));
  EXPECT_FALSE(starts(R"({"command":"account list"})"));
  EXPECT_THROW(
      starts(R"({"command":"account create","handle":"j","email":"j@example.org","password":"short"})"),
      Refusal);
}

TEST_F(Admin, RulesAreTriedAddedListedAndRemoved) {
  const app::Actor jack = square_.person("jack");
  square_.publish(jack, "the best\ncasino");
  square_.publish(jack, "good evening");
  const std::string tried = run(R"({"command":"rule try","do":"hold","words":"casino, lottery"})");
  EXPECT_THAT(tried, StartsWith("Of the 2 newest public posts it would have caught 1.\n"));
  EXPECT_THAT(tried, HasSubstr("\t@jack\tthe best casino\n"));
  EXPECT_THAT(refusal(R"({"command":"rule add","do":"hold"})"), HasSubstr("something to go by"));
  EXPECT_THAT(refusal(R"({"command":"rule add","do":"erase","words":"a"})"),
              HasSubstr("hold, limit, refuse"));
  EXPECT_THAT(refusal(R"({"command":"rule add","do":"hold","words":"casino","age":4294967296})"),
              HasSubstr("The age is in hours"));
  EXPECT_EQ(run(R"({"command":"rule list"})"), "");
  EXPECT_THAT(run(R"({"command":"rule add","do":"hold","words":"casino","links":1,"age":24,"message":"No"})"),
              HasSubstr("holds from now on"));
  const std::string listed = run(R"({"command":"rule list"})");
  EXPECT_THAT(listed, HasSubstr("\thold: words casino; links 1; age below 24 h; message “No”\n"));
  const std::string id = listed.substr(0, listed.find('\t'));
  EXPECT_EQ(run(R"({"command":"rule remove","id":")" + id + R"("})"), "Removed.\n");
  EXPECT_EQ(run(R"({"command":"rule list"})"), "");
  EXPECT_THAT(refusal(R"({"command":"rule remove","id":")" + id + R"("})"), HasSubstr("no such rule"));
  EXPECT_THAT(refusal(R"({"command":"rule remove","id":"x"})"), HasSubstr("number"));
  EXPECT_THAT(run(R"({"command":"audit list"})"), AllOf(HasSubstr("add-rule"), HasSubstr("remove-rule")));
}

TEST_F(Admin, PostsThatWaitAreListedReleasedAndTurnedDown) {
  const app::Actor jack = square_.person("jack");
  run(R"({"command":"rule add","do":"hold","words":"casino"})");
  for (const char* text : {"casino one", "casino\ntwo"}) {
    tests::refusal_of([&] { square_.publish(jack, text); });
  }
  const std::string listed = run(R"({"command":"held list"})");
  EXPECT_THAT(listed, AllOf(HasSubstr("\t@jack\t-\tcasino one\n"), HasSubstr("\t@jack\t-\tcasino two\n")));
  const std::string first = listed.substr(0, listed.find('\t'));
  const std::string rest = run(R"({"command":"held list","after":")" + first + R"("})");
  const std::string second = rest.substr(0, rest.find('\t'));
  EXPECT_THAT(run(R"({"command":"held release","id":")" + first + R"("})"), StartsWith("Published as "));
  EXPECT_EQ(run(R"({"command":"held turn-down","id":")" + second + R"(","reason":"spam"})"),
            "Turned down.\n");
  EXPECT_EQ(run(R"({"command":"held list"})"), "");
  EXPECT_THAT(refusal(R"({"command":"held release","id":")" + first + R"("})"), HasSubstr("no such post"));
}

}  // namespace
}  // namespace hoopoe
