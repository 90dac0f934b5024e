#include "store/oauth.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_store.h"

namespace hoopoe::store::oauth {
namespace {

using testing::ElementsAre;

class OAuthStore : public testing::Test {
 protected:
  const Client ivory_{
      .name = "Ivory",
      .website = "https://ivory.example",
      .redirect_uris = {"https://ivory.example/back", "com.tapbots.Ivory.10217:/request_token"},
      .scopes = *Scopes::parse("read write:statuses"),
      .key = "ivory-key",
      .secret_hash = crypto::sha256("ivory-secret")};
  TokenId insert(PersonId person, AccountId account, std::string_view secret) {
    return store_.write([&](Write& write) {
      return insert_token(
          write, {.client = ClientId{3}, .person = person, .account = account, .scopes = ivory_.scopes},
          crypto::sha256(secret));
    });
  }

  tests::TestStore store_;
  const PersonId farah_{1};
  const AccountId own_{11};
  const AccountId office_{12};
};

TEST_F(OAuthStore, a_client_comes_back_as_it_was_registered) {
  const ClientId id = store_.write([&](Write& write) { return insert_client(write, ivory_); });
  const auto found = store_.read([](Read& read) { return find_client_by_key(read, "ivory-key"); });
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->id, id);
  EXPECT_EQ(found->redirect_uris, ivory_.redirect_uris);
  EXPECT_EQ(found->scopes.str(), "read write:statuses");
  EXPECT_EQ(found->secret_hash, ivory_.secret_hash);
  EXPECT_EQ(store_.read([&](Read& read) { return find_clients(read, {id, ClientId{5}}).size(); }), 1U);
  EXPECT_EQ(store_.read([&](Read& read) { return find_client(read, id)->name; }), "Ivory");
  EXPECT_FALSE(store_.read([](Read& read) { return find_client_by_key(read, "IVORY-KEY"); }));
}

TEST_F(OAuthStore, a_code_remembers_what_it_was_exchanged_for_until_it_is_old) {
  const crypto::Digest hash = crypto::sha256("code");
  store_.write([&](Write& write) {
    insert_code(write,
                {.client = ClientId{3},
                 .person = farah_,
                 .account = own_,
                 .redirect_uri = "urn:x",
                 .scopes = ivory_.scopes,
                 .challenge = "c"},
                hash);
  });
  EXPECT_FALSE(store_.read([&](Read& read) { return find_code(read, hash)->token; }));
  store_.write([&](Write& write) { set_code_used(write, hash, TokenId{9}); });
  const Code found = *store_.read([&](Read& read) { return find_code(read, hash); });
  EXPECT_EQ(found.token, TokenId{9});
  EXPECT_EQ(found.redirect_uri, "urn:x");
  EXPECT_EQ(found.challenge, "c");
  EXPECT_EQ(found.created, tests::first_of_october_2013);
  store_.write([](Write& write) { erase_codes_before(write, write.now(), 10); });
  EXPECT_TRUE(store_.read([&](Read& read) { return find_code(read, hash); }));
  store_.write([](Write& write) { erase_codes_before(write, write.now() + milliseconds(1), 10); });
  EXPECT_FALSE(store_.read([&](Read& read) { return find_code(read, hash); }));
}

TEST_F(OAuthStore, tokens_are_found_by_secret_and_end_one_by_one_by_account_or_all) {
  const TokenId first = insert(farah_, own_, "one");
  const TokenId second = insert(farah_, office_, "two");
  const TokenId third = insert(farah_, own_, "three");
  insert(PersonId{2}, own_, "four");
  const auto exists = [&](TokenId id) {
    return store_.read([&](Read& read) { return token_exists(read, id); });
  };
  EXPECT_EQ(store_.read([](Read& read) { return find_token(read, crypto::sha256("one"))->id; }), first);
  store_.write([&](Write& write) { erase_tokens_of_member(write, farah_, office_); });
  EXPECT_FALSE(exists(second));
  EXPECT_TRUE(exists(first) && exists(third));
  store_.write([&](Write& write) { erase_token(write, first); });
  EXPECT_FALSE(exists(first));
  EXPECT_TRUE(exists(third));
  store_.write([&](Write& write) { erase_tokens_of_person(write, farah_); });
  EXPECT_FALSE(exists(third));
  EXPECT_TRUE(store_.read([](Read& read) { return find_token(read, crypto::sha256("four")); }));
}

}  // namespace
}  // namespace hoopoe::store::oauth
