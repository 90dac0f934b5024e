#include "store/people.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/refusal.h"
#include "tests/support/test_store.h"

namespace hoopoe::store::people {
namespace {

using testing::ElementsAre;

class People : public testing::Test {
 protected:
  PersonId person(std::string_view email) {
    return store_.write([&](Write& write) {
      return insert(write, {.email = std::string(email), .password_hash = "hash", .reason = "to talk"});
    });
  }

  tests::TestStore store_;
  const PersonId farah_ = person("Farah@example.org");
  const AccountId office_ = store_.account("office");
};

TEST_F(People, an_address_is_found_in_any_case_and_belongs_to_one) {
  const auto found = store_.read([](Read& read) { return find_by_email(read, "fARAH@EXAMPLE.org"); });
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->id, farah_);
  EXPECT_EQ(found->email, "Farah@example.org");
  EXPECT_EQ(found->reason, "to talk");
  EXPECT_THROW(person("farah@example.org"), Refusal);
}

TEST_F(People, an_account_is_run_by_its_staff_and_owned_by_its_owner) {
  const PersonId sara = person("sara@example.org");
  store_.write([&](Write& write) {
    add_member(write, farah_, office_, "editor");
    add_member(write, sara, office_, "owner");
  });
  store_.read([&](Read& read) {
    EXPECT_TRUE(standing(read, farah_, office_)->is_member);
    EXPECT_TRUE(standing(read, sara, office_)->is_member);
    EXPECT_EQ(find_owner(read, office_)->id, sara);
    EXPECT_FALSE(is_owner(read, farah_, office_));
    EXPECT_TRUE(is_owner(read, sara, office_));
    EXPECT_THAT(members(read, office_), ElementsAre(farah_, sara));
    EXPECT_EQ(first_account(read, farah_), office_);
  });
}

TEST_F(People, with_an_account_go_those_who_act_as_no_other) {
  const PersonId sara = person("sara@example.org");
  const AccountId own = store_.account("sara");
  store_.write([&](Write& write) {
    add_member(write, farah_, office_, "owner");
    add_member(write, sara, office_, "editor");
    add_member(write, sara, own, "owner");
    erase_members(write, office_);
  });
  store_.read([&](Read& read) {
    EXPECT_FALSE(find(read, farah_));
    EXPECT_TRUE(find(read, sara));
    EXPECT_FALSE(standing(read, sara, office_)->is_member);
    EXPECT_TRUE(standing(read, sara, own)->is_member);
  });
}

TEST_F(People, approval_role_and_password_are_kept) {
  EXPECT_FALSE(store_.read([&](Read& read) { return find(read, farah_)->approved; }));
  store_.write([&](Write& write) {
    approve(write, farah_);
    set_role(write, farah_, Role::moderator);
    set_password(write, farah_, "another hash");
  });
  store_.clock().advance(std::chrono::hours(1));
  store_.write([&](Write& write) { approve(write, farah_); });
  const Person found = *store_.read([&](Read& read) { return find(read, farah_); });
  EXPECT_EQ(found.approved, tests::first_of_october_2013);
  EXPECT_EQ(found.role, Role::moderator);
  EXPECT_EQ(found.password_hash, "another hash");
}

TEST_F(People, an_invitation_is_good_for_so_many_and_no_more) {
  const crypto::Digest code = crypto::sha256("come in");
  store_.write([&](Write& write) { insert_invite(write, code, 2); });
  const auto use = [&](const crypto::Digest& hash) {
    return store_.write([&](Write& write) { return use_invite(write, hash); });
  };
  EXPECT_FALSE(use(crypto::sha256("let me in")));
  EXPECT_TRUE(use(code));
  EXPECT_TRUE(use(code));
  EXPECT_FALSE(use(code));
}

}  // namespace
}  // namespace hoopoe::store::people
