#include "crypto/password.h"

#include <set>

#include <gtest/gtest.h>

namespace hoopoe::crypto {
namespace {

TEST(Password, is_known_again_and_no_other_is) {
  const std::string hash = hash_password("correct horse");
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << hash;
  EXPECT_TRUE(verify_password(hash, "correct horse"));
  EXPECT_FALSE(verify_password(hash, "correct horsf"));
  EXPECT_FALSE(verify_password(hash, ""));
  EXPECT_FALSE(verify_password("", "correct horse"));
}

TEST(Password, of_two_people_with_the_same_word_hash_apart) {
  EXPECT_NE(hash_password("correct horse"), hash_password("correct horse"));
}

TEST(Password, nobody_has_the_dummy) { EXPECT_FALSE(verify_password(dummy_password_hash(), "")); }

TEST(Token, is_long_url_safe_and_never_the_same) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(random_token(32));
  EXPECT_EQ(seen.size(), 1000U);
  EXPECT_EQ(seen.begin()->size(), 43U);
  EXPECT_EQ(seen.begin()->find_first_of("+/="), std::string::npos);
}

}  // namespace
}  // namespace hoopoe::crypto
