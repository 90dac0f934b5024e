#include "store/follows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/relations.h"
#include "tests/support/test_store.h"

namespace hoopoe::store::follows {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Follows : public testing::Test {
 protected:
  Relation relation(AccountId account, AccountId other) {
    return store_.read([&](Read& read) { return store::relations(read, account, {other}).front().second; });
  }
  Account::Counts counts(AccountId account) {
    return store_.read([&](Read& read) { return accounts::find(read, account)->counts; });
  }
  template <class List>
  std::vector<AccountId> who(List list, AccountId of) {
    std::vector<AccountId> accounts;
    for (const AccountEntry& entry : store_.read([&](Read& read) { return list(read, of, Page{}); })) {
      accounts.push_back(entry.account);
    }
    return accounts;
  }

  tests::TestStore store_;
  const AccountId jack_ = store_.account("jack");
  const AccountId farah_ = store_.account("farah");
  const AccountId sara_ = store_.account("sara");
};

TEST_F(Follows, a_follow_counts_once_on_both_sides) {
  EXPECT_TRUE(store_.write([&](Write& write) { return insert(write, farah_, jack_, {}); }));
  EXPECT_FALSE(store_.write([&](Write& write) { return insert(write, farah_, jack_, {}); }));
  EXPECT_EQ(counts(farah_).following, 1);
  EXPECT_EQ(counts(jack_).followers, 1);
  EXPECT_TRUE(relation(farah_, jack_).following);
  EXPECT_TRUE(relation(jack_, farah_).followed_by);
  EXPECT_TRUE(store_.write([&](Write& write) { return erase(write, farah_, jack_); }));
  EXPECT_FALSE(store_.write([&](Write& write) { return erase(write, farah_, jack_); }));
  EXPECT_EQ(counts(farah_).following + counts(jack_).followers, 0);
}

TEST_F(Follows, following_again_changes_the_choices_alone) {
  store_.write([&](Write& write) {
    insert(write, farah_, jack_, {.reposts_shown = true, .notifying = false});
    insert(write, farah_, jack_, {.reposts_shown = false, .notifying = true});
  });
  EXPECT_FALSE(relation(farah_, jack_).showing_reposts);
  EXPECT_TRUE(relation(farah_, jack_).notifying);
  EXPECT_EQ(counts(jack_).followers, 1);
}

TEST_F(Follows, a_request_is_no_follow_and_keeps_the_newest_choices) {
  EXPECT_TRUE(store_.write([&](Write& write) { return insert_request(write, farah_, jack_, {}); }));
  EXPECT_FALSE(store_.write(
      [&](Write& write) { return insert_request(write, farah_, jack_, {.reposts_shown = false}); }));
  EXPECT_TRUE(relation(farah_, jack_).requested);
  EXPECT_FALSE(relation(farah_, jack_).following);
  EXPECT_EQ(counts(jack_).followers, 0);
  EXPECT_THAT(who(requests, jack_), ElementsAre(farah_));
  const auto taken = store_.write([&](Write& write) { return take_request(write, farah_, jack_); });
  ASSERT_TRUE(taken.has_value());
  EXPECT_FALSE(taken->reposts_shown);
  EXPECT_FALSE(store_.write([&](Write& write) { return take_request(write, farah_, jack_); }));
}

TEST_F(Follows, a_request_ends_when_it_becomes_a_follow_or_is_taken_back) {
  store_.write([&](Write& write) {
    insert_request(write, farah_, jack_, {});
    insert(write, farah_, jack_, {});
    insert_request(write, sara_, jack_, {});
    erase(write, sara_, jack_);
  });
  EXPECT_FALSE(relation(farah_, jack_).requested);
  EXPECT_THAT(who(requests, jack_), IsEmpty());
}

TEST_F(Follows, lists_are_newest_first_and_leave_out_the_hidden) {
  store_.write([&](Write& write) {
    for (const AccountId fan : {farah_, sara_}) insert(write, fan, jack_, {});
    for (const AccountId idol : {sara_, farah_}) insert(write, jack_, idol, {});
  });
  EXPECT_THAT(who(followers, jack_), ElementsAre(sara_, farah_));
  EXPECT_THAT(who(following, jack_), ElementsAre(farah_, sara_));
  store_.write([&](Write& write) { accounts::set_suspended(write, sara_, write.now()); });
  EXPECT_THAT(who(followers, jack_), ElementsAre(farah_));
  EXPECT_THAT(who(following, jack_), ElementsAre(farah_));
}

TEST_F(Follows, of_a_group_those_who_are_followed_are_told_apart) {
  store_.write([&](Write& write) { insert(write, farah_, jack_, {}); });
  EXPECT_THAT(store_.read([&](Read& read) { return followed_among(read, farah_, {jack_, sara_}); }),
              ElementsAre(jack_));
}

TEST_F(Follows, all_of_an_account_are_undone_with_their_counts) {
  store_.write([&](Write& write) {
    insert(write, farah_, jack_, {});
    insert(write, jack_, farah_, {});
    insert(write, sara_, farah_, {});
    insert_request(write, jack_, sara_, {});
    insert_request(write, sara_, jack_, {});
    while (erase_of_account(write, jack_, 1)) {
    }
  });
  EXPECT_EQ(counts(farah_).followers, 1);
  EXPECT_EQ(counts(farah_).following, 0);
  EXPECT_EQ(counts(jack_).followers + counts(jack_).following, 0);
  EXPECT_THAT(who(followers, farah_), ElementsAre(sara_));
  EXPECT_EQ(store_.number("select count(*) from follow_requests"), 0);
}

TEST_F(Follows, all_requests_are_accepted_at_once) {
  store_.write([&](Write& write) {
    insert_request(write, farah_, jack_, {.reposts_shown = false});
    insert_request(write, sara_, jack_, {});
    insert_request(write, sara_, farah_, {});
    accept_requests(write, jack_);
  });
  EXPECT_THAT(who(requests, jack_), IsEmpty());
  EXPECT_THAT(who(requests, farah_), ElementsAre(sara_));
  EXPECT_THAT(who(followers, jack_), ElementsAre(sara_, farah_));
  EXPECT_FALSE(relation(farah_, jack_).showing_reposts);
  EXPECT_EQ(counts(jack_).followers, 2);
  EXPECT_EQ(counts(sara_).following, 1);
}

TEST_F(Follows, what_an_account_asked_for_is_listed_from_the_newest_account_on) {
  store_.write([&](Write& write) {
    insert_request(write, jack_, sara_, {});
    insert_request(write, jack_, farah_, {});
    insert_request(write, farah_, sara_, {});
  });
  EXPECT_THAT(who(requests_by, jack_), ElementsAre(sara_, farah_));
  const auto rest =
      store_.read([&](Read& read) { return requests_by(read, jack_, {.max_id = sara_.value, .limit = 1}); });
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(rest.front().account, farah_);
}

}  // namespace
}  // namespace hoopoe::store::follows
