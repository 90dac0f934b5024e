#include "store/mutes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/relations.h"
#include "tests/support/test_store.h"

namespace hoopoe::store::mutes {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class Mutes : public testing::Test {
 protected:
  void mute(AccountId account, AccountId target, const Mute& how) {
    store_.write([&](Write& write) { insert(write, account, target, how); });
  }
  std::optional<Mute> found(AccountId account, AccountId target) {
    return store_.read([&](Read& read) { return relations(read, account, {target}).front().second.mute; });
  }

  tests::TestStore store_;
  const AccountId jack_ = store_.account("jack");
  const AccountId farah_ = store_.account("farah");
  const AccountId sara_ = store_.account("sara");
};

TEST_F(Mutes, one_that_expires_is_none_from_that_moment) {
  const Time end = store_.clock().now() + std::chrono::hours(1);
  mute(jack_, farah_, {.notifications_hidden = true, .expires = end});
  EXPECT_EQ(found(jack_, farah_).value().expires, end);
  store_.clock().advance(std::chrono::minutes(59));
  store_.read([&](Read& read) {
    EXPECT_THAT(muted_among(read, jack_, {farah_, sara_}), ElementsAre(farah_));
    EXPECT_THAT(muting_among(read, {jack_, sara_}, {farah_}), ElementsAre(jack_));
    EXPECT_THAT(silenced_among(read, jack_, {farah_}), ElementsAre(farah_));
    EXPECT_THAT(list(read, jack_, Page{}), SizeIs(1));
  });
  store_.clock().advance(std::chrono::minutes(1));
  EXPECT_FALSE(found(jack_, farah_));
  store_.read([&](Read& read) {
    EXPECT_THAT(muted_among(read, jack_, {farah_}), IsEmpty());
    EXPECT_THAT(muting_among(read, {jack_}, {farah_}), IsEmpty());
    EXPECT_THAT(silenced_among(read, jack_, {farah_}), IsEmpty());
    EXPECT_THAT(list(read, jack_, Page{}), IsEmpty());
  });
}

TEST_F(Mutes, muting_again_changes_how) {
  mute(jack_, farah_, {.notifications_hidden = true, .expires = store_.clock().now()});
  mute(jack_, farah_, {.notifications_hidden = false, .expires = std::nullopt});
  EXPECT_FALSE(found(jack_, farah_).value().notifications_hidden);
  store_.read([&](Read& read) {
    EXPECT_THAT(silenced_among(read, jack_, {farah_}), IsEmpty());
    EXPECT_THAT(muted_among(read, jack_, {farah_}), ElementsAre(farah_));
  });
  EXPECT_FALSE(found(farah_, jack_));
}

TEST_F(Mutes, end_when_undone_and_with_their_account) {
  mute(jack_, farah_, {});
  mute(jack_, sara_, {});
  store_.write([&](Write& write) { erase(write, jack_, farah_); });
  EXPECT_FALSE(found(jack_, farah_));
  store_.write([&](Write& write) { erase_of_account(write, jack_); });
  EXPECT_FALSE(found(jack_, sara_));
}

}  // namespace
}  // namespace hoopoe::store::mutes
