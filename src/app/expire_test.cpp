#include "app/expire.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/block.h"
#include "app/oauth.h"
#include "app/sign_in.h"
#include "app/sign_up.h"
#include "crypto/hash.h"
#include "tests/support/test_square.h"

namespace hoopoe::app {
namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr milliseconds moment{1};

class ExpireTest : public testing::Test {
 protected:
  bool erase() {
    return square_.db().write_blocking([](store::Write& write) { return erase_expired(write); });
  }
  // What is there once all is erased that has an end and is past it.
  int left(std::string_view table) {
    while (erase()) {
    }
    return rows(table);
  }
  int rows(std::string_view table) {
    return square_.db().read([&](store::Read& read) {
      return read.value<int>(store::Sql::built("select count(*) from " + std::string(table)));
    });
  }
  void pass(milliseconds time) { square_.clock().advance(time); }

  RegisteredClient register_app() {
    return square_.run(register_client(app_, {.name = "Ivory",
                                              .website = {},
                                              .redirect_uris = {"https://ivory.example/"},
                                              .scopes = "read write"}));
  }
  std::string let_in(const RegisteredClient& client) {
    return square_.run(authorize(app_, mina_,
                                 {.response_type = "code",
                                  .client_key = client.client.key,
                                  .redirect_uri = "https://ivory.example/",
                                  .scope = "read",
                                  .state = {},
                                  .code_challenge = {},
                                  .code_challenge_method = {}}));
  }
  TokenRequest asking(const RegisteredClient& client, std::string grant_type, std::string code = "") {
    return {.grant_type = std::move(grant_type),
            .client_key = client.client.key,
            .client_secret = client.secret,
            .code = std::move(code),
            .redirect_uri = "https://ivory.example/",
            .code_verifier = {},
            .scope = "read"};
  }
  IssuedToken token_of(const RegisteredClient& client, const std::string& code) {
    return square_.run(issue_token(app_, asking(client, "authorization_code", code)));
  }
  IssuedToken own_token(const RegisteredClient& client) {
    return square_.run(issue_token(app_, asking(client, "client_credentials")));
  }
  void use(const IssuedToken& token) { square_.run(keep_app_token(app_, *authenticate(app_, token.secret))); }

  tests::TestSquare square_;
  App& app_ = square_.app();
  const Actor mina_ = square_.person("mina");
};

TEST_F(ExpireTest, a_session_goes_once_it_is_no_longer_good) {
  const std::string secret =
      square_.run(sign_in(app_, {.login = "mina", .password = std::string(tests::TestSquare::password)}));
  pass(session_lifetime);
  EXPECT_EQ(left("sessions"), 1);
  EXPECT_TRUE(find_session(app_, secret));
  pass(moment);
  EXPECT_FALSE(find_session(app_, secret));
  EXPECT_EQ(left("sessions"), 0);
}

TEST_F(ExpireTest, a_code_goes_after_a_day_and_what_it_was_exchanged_for_stays) {
  const RegisteredClient client = register_app();
  const std::string used = let_in(client);
  let_in(client);
  const IssuedToken token = token_of(client, used);
  pass(code_kept);
  EXPECT_EQ(left("codes"), 2);
  pass(moment);
  EXPECT_EQ(left("codes"), 0);
  pass(days(3650));
  EXPECT_EQ(left("tokens"), 1);
  EXPECT_TRUE(authenticate(app_, token.secret));
}

TEST_F(ExpireTest, an_app_that_nobody_lets_in_goes) {
  register_app();
  pass(client_kept - moment);
  EXPECT_EQ(left("clients"), 1);
  pass(moment);
  EXPECT_EQ(left("clients"), 0);
}

TEST_F(ExpireTest, an_app_that_somebody_once_let_in_stays_with_its_tokens_and_without) {
  const RegisteredClient asked = register_app();
  let_in(asked);
  const RegisteredClient used = register_app();
  const IssuedToken token = token_of(used, let_in(used));
  pass(days(3650));
  EXPECT_EQ(left("clients"), 2);
  square_.run(revoke_token(app_, used.client.key, used.secret, token.secret));
  pass(days(3650));
  EXPECT_EQ(left("clients"), 2);
  // A token of its own gives it no end again.
  own_token(used);
  pass(days(3650));
  EXPECT_EQ(left("tokens"), 0);
  EXPECT_EQ(rows("clients"), 2);
}

TEST_F(ExpireTest, nobody_lets_in_an_app_that_is_gone) {
  const RegisteredClient client = register_app();
  pass(client_kept);
  EXPECT_EQ(left("clients"), 0);
  EXPECT_THROW(let_in(client), OAuthRefusal);
  EXPECT_EQ(rows("codes"), 0);
}

TEST_F(ExpireTest, an_apps_own_token_lasts_for_a_season_after_its_last_use_and_its_app_with_it) {
  const RegisteredClient client = register_app();
  const IssuedToken token = own_token(client);
  for (int month = 0; month < 24; ++month) {
    pass(days(30));
    EXPECT_EQ(left("tokens"), 1);
    use(token);
  }
  pass(app_token_kept - moment);
  EXPECT_EQ(left("tokens"), 1);
  EXPECT_EQ(rows("clients"), 1);
  EXPECT_TRUE(authenticate(app_, token.secret));
  pass(moment);
  EXPECT_FALSE(authenticate(app_, token.secret));
  EXPECT_EQ(left("tokens"), 0);
  EXPECT_EQ(rows("clients"), 0);
}

TEST_F(ExpireTest, the_use_of_an_apps_token_is_written_once_a_day) {
  const IssuedToken token = own_token(register_app());
  const auto commits = [&] { return square_.db().statistics().writes; };
  const auto before = commits();
  pass(days(1) - moment);
  use(token);
  EXPECT_EQ(commits(), before);
  pass(moment);
  use(token);
  use(token);
  EXPECT_EQ(commits(), before + 1);
}

TEST_F(ExpireTest, an_app_by_which_somebody_signed_up_stays) {
  const IssuedToken token = own_token(register_app());
  const Actor app_actor = *authenticate(app_, token.secret);
  square_.db().write_blocking([&](store::Write& write) {
    issue_token_for_new_account(write, app_actor, mina_.person, mina_.account);
  });
  pass(days(3650));
  EXPECT_EQ(left("tokens"), 1);
  EXPECT_EQ(rows("clients"), 1);
}

TEST_F(ExpireTest, a_mute_goes_at_its_end_and_one_without_stays) {
  const Actor farah = square_.person("farah");
  square_.run(mute(app_, mina_, farah.account,
                   {.notifications_hidden = false, .expires = app_.clock.now() + hours(1)}));
  square_.run(mute(app_, farah, mina_.account, {.notifications_hidden = false, .expires = std::nullopt}));
  pass(hours(1) - moment);
  EXPECT_EQ(left("mutes"), 2);
  pass(moment);
  EXPECT_EQ(left("mutes"), 1);
}

TEST_F(ExpireTest, the_key_of_a_wish_goes_after_an_hour_and_may_come_again_before_that) {
  const Draft wish{.text = "once", .idempotency_key = "wish"};
  const PostId first = square_.publish(mina_, wish).post->id;
  pass(hours(1) - moment);
  EXPECT_EQ(left("idempotency_keys"), 1);
  EXPECT_EQ(square_.publish(mina_, wish).post->id, first);
  pass(moment);
  const PostId second = square_.publish(mina_, wish).post->id;
  EXPECT_NE(second, first);
  EXPECT_EQ(square_.publish(mina_, wish).post->id, second);
  pass(hours(1));
  EXPECT_EQ(left("idempotency_keys"), 0);
}

TEST_F(ExpireTest, much_goes_in_slices_and_a_client_never_before_its_tokens) {
  for (int i = 0; i < 250; ++i) own_token(register_app());
  pass(app_token_kept);
  int slices = 1;
  while (erase()) {
    EXPECT_LE(rows("tokens"), rows("clients"));
    EXPECT_EQ(rows("tokens"), std::max(0, 250 - 100 * slices));
    ++slices;
  }
  EXPECT_EQ(slices, 5);  // three of tokens, the last one with the first clients
  EXPECT_EQ(rows("clients"), 0);
}

}  // namespace
}  // namespace hoopoe::app
