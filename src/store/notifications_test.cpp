#include "store/notifications.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/outbox.h"
#include "tests/support/test_store.h"

namespace hoopoe::store::notifications {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Kind = NotificationKind;

class Notifications : public testing::Test {
 protected:
  void tell(Kind kind, AccountId from, PostId post = {}) {
    store_.write([&](Write& write) { notifications::tell(write, jack_, kind, from, post); });
  }
  std::vector<Kind> kinds(const Wanted& wanted = {}) {
    std::vector<Kind> kinds;
    for (const auto& told : store_.read([&](Read& read) { return list(read, jack_, wanted, {}); })) {
      kinds.push_back(told.kind);
    }
    return kinds;
  }

  tests::TestStore store_;
  const AccountId jack_ = store_.account("jack");
  const AccountId farah_ = store_.account("farah");
  const AccountId sara_ = store_.account("sara");
  const PostId post_ = store_.publish({.author = jack_, .text = "hello"});
};

TEST_F(Notifications, the_same_is_told_once_and_never_of_oneself) {
  tell(Kind::follow, farah_);
  tell(Kind::follow, farah_);
  tell(Kind::favourite, farah_, post_);
  tell(Kind::favourite, farah_, post_);
  tell(Kind::favourite, jack_, post_);
  EXPECT_THAT(kinds(), ElementsAre(Kind::favourite, Kind::follow));
  const auto events = store_.read([](Read& read) { return outbox::after(read, {}, 10); });
  EXPECT_EQ(events.size(), 2U);
}

TEST_F(Notifications, they_are_chosen_by_kind_and_by_sender) {
  tell(Kind::follow, farah_);
  tell(Kind::mention, sara_, post_);
  tell(Kind::favourite, sara_, post_);
  EXPECT_THAT(kinds({.kinds = {Kind::follow, Kind::mention}, .from = {}}),
              ElementsAre(Kind::mention, Kind::follow));
  EXPECT_THAT(kinds({.kinds = {}, .from = sara_}), ElementsAre(Kind::favourite, Kind::mention));
}

TEST_F(Notifications, those_of_hidden_accounts_are_left_out) {
  tell(Kind::follow, farah_);
  tell(Kind::follow, sara_);
  store_.write([&](Write& write) {
    accounts::set_suspended(write, farah_, write.now());
    accounts::erase(write, sara_);
  });
  EXPECT_THAT(kinds(), IsEmpty());
}

TEST_F(Notifications, one_is_found_and_dismissed_by_its_own_account_alone) {
  tell(Kind::follow, farah_);
  const NotificationId id = store_.read([&](Read& read) { return list(read, jack_, {}, {}).front().id; });
  EXPECT_FALSE(store_.read([&](Read& read) { return find(read, farah_, id); }));
  EXPECT_FALSE(store_.write([&](Write& write) { return dismiss(write, farah_, id); }));
  EXPECT_TRUE(store_.read([&](Read& read) { return find(read, jack_, id); }));
  EXPECT_TRUE(store_.write([&](Write& write) { return dismiss(write, jack_, id); }));
  EXPECT_THAT(kinds(), IsEmpty());
}

TEST_F(Notifications, they_go_with_their_cause_and_with_their_post) {
  const PostId other = store_.publish({.author = jack_, .text = "again"});
  tell(Kind::follow, farah_);
  tell(Kind::favourite, farah_, post_);
  tell(Kind::repost, farah_, post_);
  tell(Kind::favourite, farah_, other);
  store_.write([&](Write& write) { erase_cause(write, jack_, Kind::follow, farah_, {}); });
  EXPECT_THAT(kinds(), ElementsAre(Kind::favourite, Kind::repost, Kind::favourite));
  store_.write([&](Write& write) { erase_about(write, {jack_, sara_}, post_); });
  EXPECT_THAT(kinds(), ElementsAre(Kind::favourite));
  store_.write([&](Write& write) {
    EXPECT_TRUE(clear(write, jack_, 1));
    while (clear(write, jack_, 1)) {
    }
  });
  EXPECT_THAT(kinds(), IsEmpty());
}

}  // namespace
}  // namespace hoopoe::store::notifications
