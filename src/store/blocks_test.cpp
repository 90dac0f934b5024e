#include "store/blocks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/relations.h"
#include "tests/support/test_store.h"

namespace hoopoe::store::blocks {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Blocks : public testing::Test {
 protected:
  Relation relation(AccountId account, AccountId other) {
    return store_.read([&](Read& read) { return relations(read, account, {other}).front().second; });
  }

  tests::TestStore store_;
  const AccountId jack_ = store_.account("jack");
  const AccountId farah_ = store_.account("farah");
  const AccountId sara_ = store_.account("sara");
};

TEST_F(Blocks, one_blocks_once_and_the_other_side_sees_it_too) {
  EXPECT_TRUE(store_.write([&](Write& write) { return insert(write, jack_, farah_); }));
  EXPECT_FALSE(store_.write([&](Write& write) { return insert(write, jack_, farah_); }));
  EXPECT_TRUE(relation(jack_, farah_).blocking);
  EXPECT_FALSE(relation(jack_, farah_).blocked_by);
  EXPECT_TRUE(relation(farah_, jack_).blocked_by);
  store_.read([&](Read& read) {
    EXPECT_THAT(between(read, jack_, {farah_, sara_}), ElementsAre(farah_));
    EXPECT_THAT(between(read, farah_, {jack_, sara_}), ElementsAre(jack_));
    EXPECT_TRUE(exist_between(read, farah_, jack_));
    EXPECT_FALSE(exist_between(read, sara_, jack_));
  });
  EXPECT_TRUE(store_.write([&](Write& write) { return erase(write, jack_, farah_); }));
  EXPECT_FALSE(store_.write([&](Write& write) { return erase(write, jack_, farah_); }));
  EXPECT_FALSE(relation(farah_, jack_).blocked_by);
}

TEST_F(Blocks, of_an_account_all_go) {
  store_.write([&](Write& write) {
    insert(write, jack_, farah_);
    insert(write, sara_, jack_);
    erase_of_account(write, jack_);
  });
  store_.read([&](Read& read) { EXPECT_THAT(list(read, jack_, Page{}), IsEmpty()); });
  EXPECT_TRUE(relation(sara_, jack_).blocking);
}

}  // namespace
}  // namespace hoopoe::store::blocks
