#include "app/sign_in.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/accounts.h"
#include "app/live.h"
#include "app/oauth.h"
#include "app/sign_up.h"
#include "crypto/password.h"
#include "store/accounts.h"
#include "store/people.h"
#include "tests/support/live_reader.h"
#include "tests/support/test_square.h"

namespace hoopoe::app {
namespace {

using testing::SizeIs;

class SignInTest : public testing::Test {
 protected:
  SignIn attempt(std::string login, std::string password = std::string(tests::TestSquare::password)) {
    return {.login = std::move(login),
            .password = std::move(password),
            .browser = {.address = "192.0.2.1", .user_agent = "Lynx"}};
  }
  std::string enter(const std::string& login) { return square_.run(sign_in(app_, attempt(login))); }
  std::string words(const SignIn& attempt) {
    try {
      square_.run(sign_in(app_, attempt));
    } catch (const Refusal& refusal) {
      EXPECT_EQ(refusal.kind, RefusalKind::unauthorized);
      return refusal.what();
    }
    return "";
  }

  tests::TestSquare square_;
  App& app_ = square_.app();
  const Actor farah_ = square_.person("farah");
};

TEST_F(SignInTest, a_handle_or_an_address_lets_in_in_any_case) {
  for (const char* login : {"farah", "@FARAH", "Farah@Example.org"}) {
    const auto actor = find_session(app_, enter(login));
    ASSERT_TRUE(actor.has_value()) << login;
    EXPECT_EQ(actor->account, farah_.account);
    EXPECT_EQ(actor->person, farah_.person);
  }
  EXPECT_FALSE(find_session(app_, "a guess").has_value());
}

TEST_F(SignInTest, a_wrong_name_and_a_wrong_password_are_refused_in_the_same_words) {
  const std::string text = words(attempt("farah", "not the password"));
  EXPECT_FALSE(text.empty());
  EXPECT_EQ(words(attempt("nobody")), text);
  EXPECT_EQ(words(attempt("")), text);
  EXPECT_EQ(words(attempt("@")), text);
}

TEST_F(SignInTest, who_runs_several_accounts_enters_the_one_they_name) {
  const AccountId office = square_.db().write_blocking([&](store::Write& write) {
    const AccountId id = store::accounts::insert(write, "office", "");
    store::people::add_member(write, farah_.person, id, "owner");
    return id;
  });
  EXPECT_EQ(find_session(app_, enter("office"))->account, office);
  EXPECT_EQ(find_session(app_, enter("farah"))->account, farah_.account);
}

TEST_F(SignInTest, the_suspended_and_those_who_wait_stay_outside) {
  app_.sign_up_mode = SignUpMode::approval;
  square_.run(sign_up(app_, {.handle = "sara",
                             .email = "sara@example.org",
                             .password = std::string(tests::TestSquare::password),
                             .reason = {},
                             .invite = {}}));
  EXPECT_EQ(square_.refusal(sign_in(app_, attempt("sara"))), RefusalKind::forbidden);
  square_.db().write_blocking([&](store::Write& write) { suspend(write, farah_.account); });
  EXPECT_EQ(square_.refusal(sign_in(app_, attempt("farah"))), RefusalKind::forbidden);
}

TEST_F(SignInTest, a_session_ends_after_ninety_days_and_is_nobodys_while_its_account_is_hidden) {
  const std::string secret = enter("farah");
  const auto set_suspended = [&](std::optional<Time> when) {
    square_.db().write_blocking(
        [&](store::Write& write) { store::accounts::set_suspended(write, farah_.account, when); });
  };
  set_suspended(square_.clock().now());
  EXPECT_FALSE(find_session(app_, secret).has_value());
  set_suspended(std::nullopt);
  EXPECT_TRUE(find_session(app_, secret).has_value());
  square_.clock().advance(std::chrono::days(90));
  EXPECT_TRUE(find_session(app_, secret).has_value());
  square_.clock().advance(milliseconds(1));
  EXPECT_FALSE(find_session(app_, secret).has_value());
}

TEST_F(SignInTest, one_ends_ones_own_sessions_and_their_streams_and_nobody_elses) {
  square_.live().start();
  const std::string secret = enter("farah");
  const Actor here = *find_session(app_, secret);
  const Actor sara = square_.person("sara");
  tests::LiveReader reader(square_.live(), tests::home_channel(here.account), here);
  EXPECT_THAT(sessions(app_, farah_), SizeIs(1));
  EXPECT_EQ(square_.refusal(end_session(app_, sara, here.session)), RefusalKind::not_found);
  tests::settle(square_.live());
  EXPECT_FALSE(reader.closed());
  square_.run(end_session(app_, farah_, here.session));
  tests::settle(square_.live());
  EXPECT_TRUE(reader.closed());
  EXPECT_FALSE(find_session(app_, secret).has_value());
}

TEST_F(SignInTest, who_signs_in_anew_is_no_longer_known_by_the_session_before) {
  const std::string before = enter("farah");
  const std::string elsewhere = enter("farah");
  SignIn anew = attempt("farah", "not the password");
  anew.instead_of = find_session(app_, before);
  words(anew);
  EXPECT_TRUE(find_session(app_, before).has_value()) << "a refused sign-in changes nothing";
  anew.password = std::string(tests::TestSquare::password);
  const std::string after = square_.run(sign_in(app_, anew));
  EXPECT_FALSE(find_session(app_, before).has_value());
  EXPECT_TRUE(find_session(app_, elsewhere).has_value());
  EXPECT_TRUE(find_session(app_, after).has_value());
}

TEST_F(SignInTest, a_new_password_ends_all_other_sessions_tokens_and_streams) {
  square_.live().start();
  const std::string kept = enter("farah");
  const std::string other = enter("farah");
  const Actor here = *find_session(app_, kept);
  const Actor there = *find_session(app_, other);
  const Actor ivory{.client = ClientId{1}, .scopes = farah_.scopes};
  const IssuedToken token = square_.db().write_blocking([&](store::Write& write) {
    return issue_token_for_new_account(write, ivory, farah_.person, farah_.account);
  });
  const Actor app_user = *authenticate(app_, token.secret);
  tests::LiveReader of_here(square_.live(), tests::home_channel(here.account), here);
  tests::LiveReader of_there(square_.live(), tests::home_channel(there.account), there);
  tests::LiveReader of_app(square_.live(), tests::home_channel(there.account), app_user);
  EXPECT_EQ(square_.refusal(change_password(app_, here, "wrong password", "a new password")),
            RefusalKind::unauthorized);
  EXPECT_EQ(square_.refusal(change_password(app_, here, std::string(tests::TestSquare::password), "short")),
            RefusalKind::invalid);
  tests::settle(square_.live());
  EXPECT_FALSE(of_there.closed());

  square_.run(change_password(app_, here, std::string(tests::TestSquare::password), "a new password"));
  tests::settle(square_.live());
  EXPECT_TRUE(find_session(app_, kept).has_value());
  EXPECT_FALSE(find_session(app_, other).has_value());
  EXPECT_FALSE(authenticate(app_, token.secret).has_value());
  EXPECT_FALSE(of_here.closed());
  EXPECT_TRUE(of_there.closed());
  EXPECT_TRUE(of_app.closed());
  EXPECT_EQ(square_.refusal(sign_in(app_, attempt("farah"))), RefusalKind::unauthorized);
  EXPECT_EQ(square_.refusal(sign_in(app_, attempt("farah", "a new password"))), std::nullopt);
}

TEST_F(SignInTest, one_enters_as_before_when_the_password_was_changed_meanwhile_by_an_operator) {
  const Actor here = *find_session(app_, enter("farah"));
  square_.db().write_blocking([&](store::Write& write) {
    store::people::set_password(write, farah_.person, crypto::hash_password("set by an operator"));
  });
  EXPECT_EQ(square_.refusal(
                change_password(app_, here, std::string(tests::TestSquare::password), "a new password")),
            RefusalKind::unauthorized);
}

TEST_F(SignInTest, an_account_is_deleted_by_its_owner_with_the_password) {
  const Actor sara = square_.person("sara");
  square_.db().write_blocking(
      [&](store::Write& write) { store::people::add_member(write, sara.person, farah_.account, "editor"); });
  Actor editor = sara;
  editor.account = farah_.account;
  const std::string password(tests::TestSquare::password);
  EXPECT_EQ(square_.refusal(delete_account(app_, editor, password)), RefusalKind::forbidden);
  EXPECT_EQ(square_.refusal(delete_account(app_, farah_, "wrong password")), RefusalKind::unauthorized);
  EXPECT_EQ(square_.refusal(delete_account(app_, farah_, password)), std::nullopt);
  EXPECT_EQ(square_.refusal(sign_in(app_, attempt("farah"))), RefusalKind::unauthorized);
  EXPECT_EQ(square_.refusal(sign_in(app_, attempt("sara"))), std::nullopt);
}

}  // namespace
}  // namespace hoopoe::app
