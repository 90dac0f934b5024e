#include "app/sign_up.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/hash.h"
#include "store/people.h"
#include "tests/support/test_square.h"

namespace hoopoe::app {
namespace {

using testing::ElementsAre;

class SignUpTest : public testing::Test {
 protected:
  static SignUp wish(std::string handle, std::string invite = {}) {
    return {.handle = handle,
            .email = handle + "@example.org",
            .password = "long enough",
            .reason = "to talk",
            .invite = std::move(invite)};
  }
  std::optional<RefusalKind> refusal(SignUp wish) {
    return square_.refusal(sign_up(square_.app(), std::move(wish)));
  }
  static std::vector<std::string> errors(const SignUp& wish) {
    try {
      check_sign_up(wish);
    } catch (const Refusal& refusal) {
      std::vector<std::string> errors;
      for (const auto& detail : refusal.details) errors.push_back(detail.field + " " + detail.error);
      return errors;
    }
    return {};
  }

  tests::TestSquare square_;
};

TEST_F(SignUpTest, an_open_square_takes_anybody_at_once) {
  EXPECT_TRUE(square_.run(sign_up(square_.app(), wish("farah"))).approved);
}

TEST_F(SignUpTest, a_closed_one_takes_nobody) {
  square_.app().sign_up_mode = SignUpMode::closed;
  EXPECT_EQ(refusal(wish("farah")), RefusalKind::forbidden);
}

TEST_F(SignUpTest, where_an_operator_approves_one_waits) {
  square_.app().sign_up_mode = SignUpMode::approval;
  EXPECT_FALSE(square_.run(sign_up(square_.app(), wish("farah"))).approved);
}

TEST_F(SignUpTest, an_invitation_lets_in_as_many_as_it_says_however_many_come_at_once) {
  square_.app().sign_up_mode = SignUpMode::invite;
  square_.db().write_blocking(
      [](store::Write& write) { store::people::insert_invite(write, crypto::sha256("come in"), 2); });
  EXPECT_EQ(refusal(wish("nobody1")), RefusalKind::invalid);
  EXPECT_EQ(refusal(wish("nobody2", "let me in")), RefusalKind::invalid);
  std::vector<net::Task<NewAccount>> crowd;
  for (int i = 0; i < 12; ++i) {
    crowd.push_back(sign_up(square_.app(), wish("guest" + std::to_string(i), "come in")));
  }
  EXPECT_EQ(square_.run_together(std::move(crowd)), 2);
}

TEST_F(SignUpTest, an_invitation_is_not_used_up_by_a_sign_up_that_fails) {
  square_.app().sign_up_mode = SignUpMode::invite;
  square_.db().write_blocking(
      [](store::Write& write) { store::people::insert_invite(write, crypto::sha256("come in"), 1); });
  square_.person("farah");
  EXPECT_EQ(refusal(wish("FARAH", "come in")), RefusalKind::invalid);
  EXPECT_EQ(refusal(wish("sara", "come in")), std::nullopt);
}

TEST_F(SignUpTest, of_many_who_want_one_handle_one_gets_it) {
  std::vector<net::Task<NewAccount>> crowd;
  for (int i = 0; i < 6; ++i) {
    SignUp same = wish("farah");
    same.email = std::to_string(i) + same.email;
    crowd.push_back(sign_up(square_.app(), std::move(same)));
  }
  EXPECT_EQ(square_.run_together(std::move(crowd)), 1);
}

TEST_F(SignUpTest, every_field_that_is_wrong_is_named_at_once) {
  EXPECT_THAT(
      errors({.handle = "no spaces", .email = "nobody", .password = "short", .reason = {}, .invite = {}}),
      ElementsAre("username ERR_INVALID", "email ERR_INVALID", "password ERR_TOO_SHORT"));
  EXPECT_THAT(
      errors({.handle = "admin", .email = "", .password = std::string(257, 'x'), .reason = {}, .invite = {}}),
      ElementsAre("username ERR_RESERVED", "email ERR_BLANK", "password ERR_TOO_LONG"));
  for (const char* email : {"@x", "x@", "a b@x", "a\n@x", "a\u009b@x", "a\u202e@x", "a\xff@x"}) {
    SignUp bad = wish("farah");
    bad.email = email;
    EXPECT_THAT(errors(bad), ElementsAre("email ERR_INVALID")) << email;
  }
}

}  // namespace
}  // namespace hoopoe::app
