#include "store/accounts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/refusal.h"
#include "tests/support/test_store.h"

namespace hoopoe::store::accounts {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Accounts : public testing::Test {
 protected:
  std::optional<Account> by_handle(std::string_view handle) {
    return store_.read([&](Read& read) { return find_by_handle(read, handle); });
  }
  std::vector<std::string> handles(const std::vector<Account>& accounts) {
    std::vector<std::string> handles;
    handles.reserve(accounts.size());
    for (const Account& account : accounts) handles.push_back(account.handle);
    return handles;
  }

  tests::TestStore store_;
};

TEST_F(Accounts, a_handle_is_found_in_any_case_and_shown_as_typed) {
  store_.account("HassanRouhani");
  EXPECT_EQ(by_handle("hassanROUHANI")->handle, "HassanRouhani");
  EXPECT_FALSE(by_handle("hassan").has_value());
  EXPECT_FALSE(store_.read([](Read& read) { return find_by_handle(read, "HassanRouhani", "elsewhere"); }));
}

TEST_F(Accounts, a_handle_is_given_out_once_even_after_its_account_is_gone) {
  const AccountId jack = store_.account("jack");
  EXPECT_THROW(store_.account("JACK"), Refusal);
  store_.write([&](Write& write) { erase(write, jack); });
  EXPECT_THROW(store_.account("jack"), Refusal);
}

TEST_F(Accounts, a_profile_comes_back_as_it_was_written_and_is_erased_with_the_account) {
  const AccountId jack = store_.account("jack");
  Account account = *by_handle("jack");
  account.display_name = "Jack";
  account.bio = "an inventor";
  account.fields = {{"site", "https://jack.example"}, {"tea", "yes"}};
  account.locked = account.bot = account.discoverable = account.default_sensitive = true;
  account.default_visibility = Visibility::followers;
  account.default_language = "fa";
  store_.write([&](Write& write) { update_profile(write, account); });
  const Account found = *by_handle("jack");
  EXPECT_EQ(found.display_name, "Jack");
  EXPECT_EQ(found.bio, "an inventor");
  EXPECT_EQ(found.fields, account.fields);
  EXPECT_TRUE(found.locked && found.bot && found.discoverable && found.default_sensitive);
  EXPECT_EQ(found.default_visibility, Visibility::followers);
  EXPECT_EQ(found.default_language, "fa");

  store_.write([&](Write& write) { erase(write, jack); });
  const Account erased = *by_handle("jack");
  EXPECT_FALSE(erased.is_shown());
  EXPECT_EQ(erased.display_name + erased.bio + erased.default_language, "");
  EXPECT_THAT(erased.fields, IsEmpty());
}

TEST_F(Accounts, an_erasure_is_unfinished_until_it_is_said_to_be_finished) {
  const AccountId jack = store_.account("jack");
  store_.write([&](Write& write) { erase(write, jack); });
  store_.close();
  store_.open();
  EXPECT_THAT(store_.read(unfinished_erasures), ElementsAre(jack));
  store_.write([&](Write& write) { finish_erasure(write, jack); });
  EXPECT_THAT(store_.read(unfinished_erasures), IsEmpty());
}

TEST_F(Accounts, search_goes_by_the_start_of_the_handle_and_leaves_out_the_hidden) {
  for (const char* handle : {"Sara", "sarah", "sama", "saraswati", "zara"}) store_.account(handle);
  const AccountId hidden = store_.account("sarai");
  store_.write([&](Write& write) { set_suspended(write, hidden, write.now()); });
  const auto search_for = [&](std::string_view text, int limit) {
    return handles(store_.read([&](Read& read) { return search(read, text, limit); }));
  };
  EXPECT_THAT(search_for("SARA", 10), ElementsAre("Sara", "sarah", "saraswati"));
  EXPECT_THAT(search_for("sara", 2), ElementsAre("Sara", "sarah"));
  EXPECT_THAT(search_for("sara%", 10), IsEmpty());
}

TEST_F(Accounts, many_are_found_by_id_and_by_handle) {
  const AccountId jack = store_.account("jack");
  const AccountId farah = store_.account("farah");
  EXPECT_THAT(handles(store_.read([&](Read& read) { return find_many(read, {farah, AccountId{5}, jack}); })),
              ElementsAre("farah", "jack"));
}

TEST_F(Accounts, those_whom_handles_name_are_shown_and_in_the_order_of_their_ids) {
  const AccountId jack = store_.account("jack");
  const AccountId farah = store_.account("farah");
  const auto named_by = [&](const std::vector<std::string>& handles) {
    std::vector<AccountId> found;
    for (const Mention& mention : store_.read([&](Read& read) { return named(read, handles); })) {
      found.push_back(mention.account);
    }
    return found;
  };
  EXPECT_THAT(named_by({"Farah", "JACK", "nobody"}), ElementsAre(jack, farah));
  EXPECT_THAT(named_by({"JACK"}), ElementsAre(jack));
  EXPECT_THAT(named_by({}), IsEmpty());
  store_.write([&](Write& write) { set_suspended(write, jack, write.now()); });
  EXPECT_THAT(named_by({"jack", "farah"}), ElementsAre(farah));
}

TEST_F(Accounts, the_operator_lists_all_of_them_a_page_at_a_time) {
  store_.account("jack");
  const AccountId farah = store_.account("farah");
  store_.account("sara");
  const auto page = [&](AccountId after) {
    return handles(store_.read([&](Read& read) { return list(read, after, 2); }));
  };
  EXPECT_THAT(page({}), ElementsAre("jack", "farah"));
  EXPECT_THAT(page(farah), ElementsAre("sara"));
}

TEST_F(Accounts, totals_count_accounts_that_are_not_deleted_and_their_posts) {
  const AccountId jack = store_.account("jack");
  const AccountId farah = store_.account("farah");
  store_.write([&](Write& write) {
    add_to_count(write, jack, Count::posts, 3);
    add_to_count(write, farah, Count::posts, 2);
    add_to_count(write, farah, Count::posts, -1);
    add_to_count(write, farah, Count::followers, 1);
    erase(write, farah);
  });
  const Totals counted = store_.read(totals);
  EXPECT_EQ(counted.accounts, 1);
  EXPECT_EQ(counted.posts, 4);
}

}  // namespace
}  // namespace hoopoe::store::accounts
