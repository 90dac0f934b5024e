#include "store/sessions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_store.h"

namespace hoopoe::store::sessions {
namespace {

class Sessions : public testing::Test {
 protected:
  SessionId begin(PersonId person, AccountId account, std::string_view secret) {
    return store_.write([&](Write& write) {
      return insert(write,
                    {.person = person, .account = account, .address = "192.0.2.1", .user_agent = "Lynx"},
                    crypto::sha256(secret));
    });
  }
  std::size_t count(PersonId person) {
    return store_.read([&](Read& read) { return of_person(read, person, {}).size(); });
  }

  tests::TestStore store_;
  const PersonId farah_{1};
  const PersonId sara_{2};
  const AccountId own_{11};
  const AccountId office_{12};
};

TEST_F(Sessions, one_is_found_by_its_secret_alone) {
  const SessionId id = begin(farah_, own_, "secret");
  const auto found = store_.read([](Read& read) { return find_by_token(read, crypto::sha256("secret")); });
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->id, id);
  EXPECT_EQ(found->person, farah_);
  EXPECT_EQ(found->account, own_);
  EXPECT_EQ(found->address, "192.0.2.1");
  EXPECT_EQ(found->user_agent, "Lynx");
  EXPECT_TRUE(store_.read([&](Read& read) { return exists(read, id); }));
  EXPECT_FALSE(store_.read([](Read& read) { return find_by_token(read, crypto::sha256("guess")); }));
}

TEST_F(Sessions, a_person_ends_their_own_and_nobody_elses) {
  const SessionId id = begin(farah_, own_, "secret");
  EXPECT_FALSE(store_.write([&](Write& write) { return erase(write, sara_, id); }));
  EXPECT_TRUE(store_.write([&](Write& write) { return erase(write, farah_, id); }));
  EXPECT_FALSE(store_.read([&](Read& read) { return exists(read, id); }));
}

TEST_F(Sessions, all_but_one_end_or_those_as_one_account_or_all) {
  const SessionId kept = begin(farah_, own_, "one");
  begin(farah_, own_, "two");
  begin(farah_, office_, "three");
  begin(sara_, office_, "four");
  store_.write([&](Write& write) { erase_of_member(write, farah_, office_); });
  EXPECT_EQ(count(farah_), 2U);
  store_.write([&](Write& write) { erase_of_person_but(write, farah_, kept); });
  EXPECT_EQ(count(farah_), 1U);
  EXPECT_TRUE(store_.read([&](Read& read) { return exists(read, kept); }));
  begin(farah_, own_, "five");
  store_.write([&](Write& write) { erase_of_person_but(write, farah_, {}); });
  EXPECT_EQ(count(farah_), 0U);
  store_.write([&](Write& write) { erase_of_person(write, sara_); });
  EXPECT_EQ(count(sara_), 0U);
}

TEST_F(Sessions, those_of_long_ago_are_not_listed_and_go) {
  begin(farah_, own_, "old");
  const Time then = store_.clock().now();
  store_.clock().advance(std::chrono::days(1));
  const SessionId fresh = begin(farah_, own_, "fresh");
  store_.read([&](Read& read) {
    const auto listed = of_person(read, farah_, then);
    ASSERT_EQ(listed.size(), 1U);
    EXPECT_EQ(listed.front().id, fresh);
  });
  EXPECT_FALSE(store_.write([&](Write& write) { return erase_before(write, then, 10); }));
  EXPECT_EQ(count(farah_), 2U);
  EXPECT_TRUE(store_.write([&](Write& write) { return erase_before(write, then + milliseconds(1), 1); }));
  EXPECT_EQ(count(farah_), 1U);
}

}  // namespace
}  // namespace hoopoe::store::sessions
