#include "app/bursts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/block.h"
#include "app/follow.h"
#include "store/accounts.h"
#include "store/people.h"
#include "tests/support/derived_counts.h"
#include "tests/support/test_square.h"

namespace hoopoe::app {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using tests::refusal_of;

net::IpAddress address(std::string_view text) { return net::IpAddress::parse(text).value(); }

class BurstsTest : public testing::Test {
 protected:
  std::optional<RefusalKind> follows(const Actor& who, AccountId whom) {
    return square_.refusal(follow(app_, who, whom, {}));
  }
  AccountId somebody() {
    const std::string handle = "somebody" + std::to_string(++somebodies_);
    return square_.db().write_blocking(
        [&](store::Write& write) { return store::accounts::insert(write, handle, ""); });
  }
  void follow_so_many(const Actor& who, int count) {
    for (int i = 0; i < count; ++i) ASSERT_EQ(follows(who, somebody()), std::nullopt) << i;
  }
  // The same person under another name.
  Actor also(const Actor& who, const Actor& account) {
    square_.db().write_blocking([&](store::Write& write) {
      store::people::add_member(write, who.person, account.account, "editor");
    });
    Actor other = who;
    other.account = account.account;
    return other;
  }

  tests::TestSquare square_;
  App& app_ = square_.app();
  const Actor farah_ = square_.person("farah");
  const Actor jack_ = square_.person("jack");
  const Actor office_ = square_.person("office");
  int somebodies_ = 0;
};

TEST_F(BurstsTest, sixty_follows_in_a_quarter_of_an_hour_and_no_more) {
  follow_so_many(farah_, 60);
  EXPECT_EQ(follows(farah_, somebody()), RefusalKind::too_many);
  EXPECT_EQ(follows(jack_, farah_.account), std::nullopt) << "everyone has a count of their own";
  square_.clock().advance(minutes(15));
  EXPECT_EQ(follows(farah_, somebody()), std::nullopt);
}

TEST_F(BurstsTest, four_hundred_follows_a_day_and_no_more) {
  for (int i = 0; i < 8; ++i) {
    follow_so_many(farah_, 50);
    square_.clock().advance(minutes(15));
  }
  EXPECT_EQ(follows(farah_, somebody()), RefusalKind::too_many);
  square_.clock().advance(hours(24));
  EXPECT_EQ(follows(farah_, somebody()), std::nullopt);
}

TEST_F(BurstsTest, a_refused_follow_writes_nothing_and_what_is_so_already_is_not_counted) {
  follow_so_many(farah_, 59);
  for (int i = 0; i < 100; ++i) ASSERT_EQ(follows(farah_, jack_.account), std::nullopt) << i;
  const AccountId next = somebody();
  const auto before = tests::everything(square_.db());
  EXPECT_EQ(follows(farah_, next), RefusalKind::too_many);
  EXPECT_EQ(tests::everything(square_.db()), before);
  EXPECT_EQ(follows(farah_, jack_.account), std::nullopt);
}

TEST_F(BurstsTest, a_follow_that_is_refused_for_another_reason_is_not_counted) {
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(follows(farah_, AccountId{1}), RefusalKind::not_found);
    EXPECT_EQ(follows(farah_, farah_.account), RefusalKind::forbidden);
  }
  follow_so_many(farah_, 60);
}

TEST_F(BurstsTest, following_and_unfollowing_somebody_is_counted_and_the_undoing_never_refused) {
  for (int i = 0; i < 60; ++i) {
    EXPECT_EQ(follows(farah_, jack_.account), std::nullopt);
    square_.run(unfollow(app_, farah_, jack_.account));
  }
  EXPECT_EQ(follows(farah_, jack_.account), RefusalKind::too_many);
  square_.run(follow(app_, jack_, farah_.account, {}));
  EXPECT_FALSE(square_.run(unfollow(app_, farah_, jack_.account)).following);
  EXPECT_FALSE(square_.run(remove_follower(app_, farah_, jack_.account)).followed_by);
  EXPECT_TRUE(square_.run(block(app_, farah_, jack_.account)).blocking);
}

TEST_F(BurstsTest, who_acts_as_several_accounts_has_one_count_and_their_colleague_another) {
  follow_so_many(farah_, 30);
  const Actor as_office = also(farah_, office_);
  follow_so_many(as_office, 30);
  EXPECT_EQ(follows(as_office, somebody()), RefusalKind::too_many);
  EXPECT_EQ(follows(farah_, somebody()), RefusalKind::too_many);
  EXPECT_EQ(follows(office_, somebody()), std::nullopt);
}

TEST_F(BurstsTest, what_is_left_is_told_by_the_limit_that_is_closest) {
  EXPECT_EQ(app_.bursts.follows_left(farah_.person)->remaining, 60);
  EXPECT_EQ(app_.bursts.follows_left(farah_.person)->remaining, 60);
  for (int i = 0; i < 7; ++i) {
    follow_so_many(farah_, 50);
    square_.clock().advance(minutes(15));
  }
  EXPECT_EQ(app_.bursts.follows_left(farah_.person)->limit, 400);
  EXPECT_EQ(app_.bursts.follows_left(farah_.person)->remaining, 50);
}

TEST_F(BurstsTest, sign_ups_and_tokens_of_apps_are_counted_by_address_and_ipv6_by_the_network) {
  Bursts& bursts = app_.bursts;
  for (int i = 0; i < 5; ++i) bursts.count_sign_up(address("2001:db8::" + std::to_string(i + 1)));
  EXPECT_EQ(refusal_of([&] { bursts.count_sign_up(address("2001:db8::ffff:1:2:3")); }),
            RefusalKind::too_many);
  EXPECT_EQ(refusal_of([&] { bursts.count_sign_up(address("2001:db8:0:1::1")); }), std::nullopt);
  for (int i = 0; i < 100; ++i) bursts.count_app_token(address("2001:db8::1"));
  EXPECT_EQ(refusal_of([&] { bursts.count_app_token(address("2001:db8::2")); }), RefusalKind::too_many);
  EXPECT_EQ(refusal_of([&] { bursts.count_app_token(address("192.0.2.1")); }), std::nullopt);
}

TEST_F(BurstsTest, four_photos_of_a_person_are_made_ready_at_once_and_no_more) {
  std::vector<net::Admissions::Ticket> under_way;
  for (int i = 0; i < 4; ++i) under_way.push_back(app_.bursts.begin_upload(farah_.person));
  EXPECT_EQ(refusal_of([&] { std::ignore = app_.bursts.begin_upload(farah_.person); }),
            RefusalKind::too_many);
  std::ignore = app_.bursts.begin_upload(jack_.person);
  under_way.pop_back();
  std::ignore = app_.bursts.begin_upload(farah_.person);
}

TEST_F(BurstsTest, where_limits_are_off_nothing_is_counted) {
  square_.settings().rate_limits_enabled = false;
  follow_so_many(farah_, 61);
  for (int i = 0; i < 101; ++i) {
    app_.bursts.count_sign_up({});
    app_.bursts.count_app_token({});
  }
  EXPECT_EQ(app_.bursts.follows_left(farah_.person), std::nullopt);
  square_.settings().rate_limits_enabled = true;
  EXPECT_EQ(app_.bursts.follows_left(farah_.person)->remaining, 60);
}

}  // namespace
}  // namespace hoopoe::app
