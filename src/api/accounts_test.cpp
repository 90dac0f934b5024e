#include "app/accounts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/square_test.h"
#include "crypto/hash.h"
#include "store/accounts.h"
#include "store/people.h"

namespace hoopoe::api {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

constexpr auto good_form = "username=ev&email=ev@example.org&password=long+enough&agreement=true&locale=en";

class Accounts : public testing::Test {
 protected:
  Reply change(const std::string& form) {
    return square_.call(net::Method::patch, "/api/v1/accounts/update_credentials",
                        {.token = jack_.token, .body = form});
  }
  std::string errors_of(const Reply& reply) {
    EXPECT_EQ(reply.status, 422) << reply.body;
    std::string errors;
    for (const auto& [field, list] : reply.json().at("details").as_object()) {
      for (const json::value& error : list.as_array()) {
        EXPECT_THAT(differing_keys(error, "error description"), IsEmpty());
        errors += std::string(field) + " " + std::string(error.at("error").as_string()) + " ";
      }
    }
    return errors;
  }

  ApiSquare square_;
  Named jack_ = square_.join("jack");
};

TEST_F(Accounts, SignUpGivesATokenThatWorks) {
  const Reply reply = square_.post("/api/v1/accounts", square_.app_token("read write"), good_form);
  EXPECT_THAT(differing_keys(reply.json(), "access_token token_type scope created_at"), IsEmpty());
  EXPECT_EQ(reply.at("/token_type"), "Bearer");
  EXPECT_EQ(reply.at("/scope"), "read write");
  const Reply own = square_.get("/api/v1/accounts/verify_credentials", reply.at("/access_token"));
  EXPECT_EQ(own.at("/username"), "ev");
}

TEST_F(Accounts, SignUpTellsEachFieldThatIsWrong) {
  const std::string app = square_.app_token("write");
  const auto errors = [&](const std::string& form) {
    return errors_of(square_.post("/api/v1/accounts", app, form));
  };
  EXPECT_EQ(errors(""), "agreement ERR_ACCEPTED username ERR_BLANK email ERR_BLANK password ERR_TOO_SHORT ");
  EXPECT_EQ(errors("username=a+b&email=nobody&password=short&agreement=1"),
            "username ERR_INVALID email ERR_INVALID password ERR_TOO_SHORT ");
  EXPECT_EQ(errors("username=admin&email=a@example.org&password=long+enough&agreement=on"),
            "username ERR_RESERVED ");
  EXPECT_EQ(errors("username=JACK&email=a@example.org&password=long+enough&agreement=1"),
            "username ERR_TAKEN ");
  EXPECT_EQ(errors("username=ev&email=JACK@example.org&password=long+enough&agreement=1"),
            "email ERR_TAKEN ");
  EXPECT_EQ(errors(std::string(good_form) + "&agreement=false"), "agreement ERR_ACCEPTED ");
  EXPECT_EQ(square_.get("/api/v1/accounts/lookup?acct=ev").status, 404) << "nothing of it stays";
}

TEST_F(Accounts, SignUpNeedsAnAppWithTheScope) {
  EXPECT_EQ(square_.post("/api/v1/accounts", "", good_form).status, 401);
  EXPECT_EQ(square_.post("/api/v1/accounts", square_.app_token("read"), good_form).status, 403);
}

TEST(SignUp, IsRefusedWhereItIsClosed) {
  ApiSquare square(RateLimits::off, SignUpMode::closed);
  EXPECT_EQ(square.post("/api/v1/accounts", square.app_token("write"), good_form).status, 403);
}

TEST(SignUp, NeedsAGoodInvitationWhereItIsByInvitation) {
  ApiSquare square(RateLimits::off, SignUpMode::invite);
  square.app().db.write_blocking(
      [](store::Write& write) { store::people::insert_invite(write, crypto::sha256("welcome"), 1); });
  const std::string app = square.app_token("write");
  EXPECT_EQ(square.post("/api/v1/accounts", app, good_form).status, 422);
  const std::string with_code = std::string(good_form) + "&invite_code=welcome";
  EXPECT_EQ(square.post("/api/v1/accounts", app, with_code).status, 200);
  const std::string another = "username=biz&email=biz@example.org&password=long+enough&agreement=1";
  EXPECT_EQ(square.post("/api/v1/accounts", app, another + "&invite_code=welcome").status, 422) << "used up";
}

TEST(SignUp, WaitsForApprovalWithAnOwnWord) {
  ApiSquare square(RateLimits::off, SignUpMode::approval);
  const Reply made = square.post("/api/v1/accounts", square.app_token("read write"), good_form);
  EXPECT_EQ(made.status, 200);
  const Reply refused = square.post("/api/v1/statuses", made.at("/access_token"), "status=hello");
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.at("/error"), "Your login is currently pending approval");
}

TEST_F(Accounts, AProfileIsChangedInEveryForm) {
  const Reply reply = change(
      "display_name=Jack&note=hello+%23all&locked=on&bot=false&discoverable=1&source[privacy]=unlisted&"
      "source[sensitive]=true&source[language]=fa&fields_attributes[0][name]=Web&"
      "fields_attributes[0][value]=https://"
      "example.org&fields_attributes[1][name]=&fields_attributes[1][value]=");
  EXPECT_EQ(reply.at("/display_name"), "Jack");
  EXPECT_THAT(reply.at("/note"), HasSubstr("<a href="));
  EXPECT_EQ(reply.at("/source/note"), "hello #all");
  EXPECT_EQ(reply.at("/locked"), "true");
  EXPECT_EQ(reply.at("/discoverable"), "true");
  EXPECT_EQ(reply.at("/source/privacy"), "unlisted");
  EXPECT_EQ(reply.at("/source/sensitive"), "true");
  EXPECT_EQ(reply.at("/source/language"), "fa");
  EXPECT_EQ(reply.at("/source/fields/0/value"), "https://example.org");
  EXPECT_THAT(reply.at("/fields/0/value"), HasSubstr("rel=\"nofollow noopener noreferrer me\""));
  EXPECT_EQ(reply.at("/fields/0/verified_at"), "null");
  square_.app().db.write_blocking([](store::Write& write) {
    store::accounts::set_checked(write, store::accounts::field_to_check(write).value(), true);
  });
  EXPECT_EQ(change("display_name=Jack").at("/fields/0/verified_at"), "2013-10-01T17:00:00.000Z");
  EXPECT_EQ(reply.at("/fields/1"), "absent");
  EXPECT_EQ(change("display_name=J").at("/source/note"), "hello #all") << "what is not sent stays";
}

TEST_F(Accounts, AProfileTakesJsonWithAMapOrAListOfFields) {
  for (const char* body :
       {R"({"fields_attributes":[{"name":"a","value":"1"},{"name":"b","value":"2"}]})",
        R"({"fields_attributes":{"0":{"name":"a","value":"1"},"1":{"name":"b","value":"2"}}})"}) {
    const Reply reply =
        square_.call(net::Method::patch, "/api/v1/accounts/update_credentials",
                     {.token = jack_.token, .body = body, .content_type = "application/json"});
    EXPECT_EQ(reply.at("/source/fields/1/name"), "b") << body;
  }
}

TEST_F(Accounts, AProfileThatBreaksARuleIsRefusedWhole) {
  for (const std::string& form :
       {"note=x&display_name=" + std::string(31, 'a'), "display_name=x&note=" + std::string(501, 'a'),
        std::string("display_name=x&source[privacy]=everybody")}) {
    EXPECT_EQ(change(form).status, 422) << form;
  }
  EXPECT_EQ(change("locked=maybe").status, 400);
  EXPECT_EQ(square_.get("/api/v1/accounts/" + jack_.id()).at("/display_name"), "");
}

TEST_F(Accounts, PreferencesHaveEveryDocumentedKey) {
  const Reply reply = square_.get("/api/v1/preferences", jack_.token);
  EXPECT_THAT(differing_keys(reply.json(),
                             "posting:default:visibility posting:default:sensitive posting:default:language "
                             "posting:default:quote_policy reading:expand:media reading:expand:spoilers "
                             "reading:autoplay:gifs"),
              IsEmpty());
  EXPECT_EQ(reply.json().at("posting:default:visibility"), "public");
  EXPECT_TRUE(reply.json().at("posting:default:language").is_null());
}

TEST_F(Accounts, AreLookedUpByAddress) {
  for (const char* acct : {"jack", "@jack", "JACK", "jack@square.test", "acct:jack@square.test"}) {
    EXPECT_EQ(square_.get(std::string("/api/v1/accounts/lookup?acct=") + acct).at("/id"), jack_.id()) << acct;
  }
  for (const char* acct : {"", "nobody", "jack@elsewhere.example", "@"}) {
    EXPECT_EQ(square_.get(std::string("/api/v1/accounts/lookup?acct=") + acct).status, 404) << acct;
  }
}

TEST_F(Accounts, AreSearchedByTheStartOfTheirHandle) {
  square_.join("jackie");
  const Reply reply = square_.get("/api/v1/accounts/search?q=ja&limit=80", jack_.token);
  EXPECT_EQ(reply.json().as_array().size(), 2);
  EXPECT_EQ(square_.get("/api/v1/accounts/search?q=%25", jack_.token).body, "[]");
  EXPECT_EQ(square_.get("/api/v1/accounts/search?q=", jack_.token).body, "[]");
}

TEST_F(Accounts, ASuspendedOneIsGoneFromEveryAnswer) {
  const Named biz = square_.join("biz");
  const std::string post = square_.publish(biz, "hello @jack");
  square_.post("/api/v1/accounts/" + biz.id() + "/follow", jack_.token);
  square_.app().db.write_blocking([&](store::Write& write) { app::suspend(write, biz.account); });
  EXPECT_EQ(square_.get("/api/v1/accounts/" + biz.id()).status, 404);
  EXPECT_EQ(square_.get("/api/v1/accounts/lookup?acct=biz").status, 404);
  EXPECT_EQ(square_.get("/api/v1/accounts?id[]=" + biz.id()).body, "[]");
  EXPECT_EQ(square_.get("/api/v1/accounts/search?q=biz", jack_.token).body, "[]");
  for (const char* list : {"/statuses", "/followers", "/following"}) {
    EXPECT_EQ(square_.get("/api/v1/accounts/" + biz.id() + list).status, 404) << list;
  }
  EXPECT_EQ(square_.get("/api/v1/statuses/" + post).status, 404);
  EXPECT_EQ(square_.get("/api/v1/statuses?id[]=" + post).body, "[]");
  EXPECT_EQ(square_.get("/api/v1/timelines/public").body, "[]");
  EXPECT_EQ(square_.get("/api/v1/timelines/home", jack_.token).body, "[]");
  EXPECT_EQ(square_.get("/api/v1/notifications", jack_.token).body, "[]");
  EXPECT_EQ(square_.get("/api/v1/accounts/" + jack_.id() + "/following").body, "[]");
  EXPECT_EQ(square_.get("/api/v1/timelines/home", biz.token).status, 401);
}

}  // namespace
}  // namespace hoopoe::api
