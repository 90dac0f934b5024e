#include "store/favourites.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/posts.h"
#include "tests/support/test_store.h"

namespace hoopoe::store::favourites {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Favourites : public testing::Test {
 protected:
  std::int64_t count() {
    return store_.read([&](Read& read) { return posts::counts(read, {post_}).front().favourites; });
  }
  template <class List>
  std::vector<AccountId> who(List list) {
    std::vector<AccountId> accounts;
    for (const AccountEntry& entry : store_.read([&](Read& read) { return list(read, post_, Page{}); })) {
      accounts.push_back(entry.account);
    }
    return accounts;
  }

  tests::TestStore store_;
  const AccountId jack_ = store_.account("jack");
  const AccountId farah_ = store_.account("farah");
  const AccountId sara_ = store_.account("sara");
  const PostId post_ = store_.publish({.author = jack_, .text = "just setting up"});
};

TEST_F(Favourites, one_person_favourites_a_post_once) {
  EXPECT_TRUE(store_.write([&](Write& write) { return insert(write, farah_, post_); }));
  EXPECT_FALSE(store_.write([&](Write& write) { return insert(write, farah_, post_); }));
  EXPECT_EQ(count(), 1);
  EXPECT_TRUE(store_.write([&](Write& write) { return erase(write, farah_, post_); }));
  EXPECT_FALSE(store_.write([&](Write& write) { return erase(write, farah_, post_); }));
  EXPECT_EQ(count(), 0);
}

TEST_F(Favourites, of_an_account_all_go_and_the_counts_with_them) {
  store_.write([&](Write& write) {
    insert(write, farah_, post_);
    insert(write, sara_, post_);
    EXPECT_FALSE(erase_of_account(write, farah_, 10));
  });
  EXPECT_EQ(count(), 1);
  EXPECT_THAT(who(of_post), ElementsAre(sara_));
}

TEST_F(Favourites, the_hidden_are_in_no_list) {
  store_.write([&](Write& write) {
    insert(write, farah_, post_);
    insert(write, sara_, post_);
  });
  store_.publish({.author = farah_, .repost_of = post_});
  store_.publish({.author = sara_, .repost_of = post_});
  EXPECT_THAT(who(of_post), ElementsAre(sara_, farah_));
  EXPECT_THAT(who(reposters_of), ElementsAre(sara_, farah_));
  store_.write([&](Write& write) {
    accounts::set_suspended(write, sara_, write.now());
    accounts::erase(write, farah_);
  });
  EXPECT_THAT(who(of_post), IsEmpty());
  EXPECT_THAT(who(reposters_of), IsEmpty());
}

TEST_F(Favourites, a_repost_for_followers_alone_names_nobody) {
  store_.publish({.author = farah_, .repost_of = post_, .visibility = Visibility::followers});
  store_.publish({.author = sara_, .repost_of = post_, .visibility = Visibility::unlisted});
  EXPECT_THAT(who(reposters_of), ElementsAre(sara_));
}

}  // namespace
}  // namespace hoopoe::store::favourites
