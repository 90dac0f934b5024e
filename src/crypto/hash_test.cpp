#include "crypto/hash.h"

#include <gtest/gtest.h>

namespace hoopoe::crypto {
namespace {

TEST(Hash, sha256_is_the_one_of_fips_180) {
  EXPECT_EQ(hex(sha256_bytes("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex(sha256_bytes("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Hash, base64_has_the_vectors_of_rfc_4648) {
  EXPECT_EQ(base64("foob"), "Zm9vYg==");
  EXPECT_EQ(base64url("foob"), "Zm9vYg");
  EXPECT_EQ(base64url("\xfb\xff"), "-_8");
  EXPECT_EQ(base64(""), "");
}

TEST(Hash, what_was_written_is_read_again) {
  for (const std::string_view bytes : {"", "f", "fo", "foo", "foob", "\xfb\xff\x80"}) {
    EXPECT_EQ(from_base64(base64(bytes)), bytes);
    EXPECT_EQ(from_hex(hex(bytes)), bytes);
  }
  EXPECT_EQ(from_base64("Zm9vYg"), "foob");
  EXPECT_EQ(from_hex("AbcD"), "\xab\xcd");
}

TEST(Hash, what_is_neither_base64_nor_hex_is_refused) {
  for (const char* text : {"Zm9vY", "Zm9v!", "Zm 9v", "Zg===", "-_8", "Zh"}) {
    EXPECT_EQ(from_base64(text), std::nullopt) << text;
  }
  for (const char* text : {"a", "abc", "xy", "ab:cd", "ab "}) EXPECT_EQ(from_hex(text), std::nullopt) << text;
}

TEST(Hash, pkce_has_the_example_of_rfc_7636) {
  EXPECT_TRUE(pkce_matches("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
                           "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
  EXPECT_FALSE(pkce_matches("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl",
                            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
  EXPECT_FALSE(pkce_matches("", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
}

TEST(Hash, secrets_compare_whole) {
  EXPECT_TRUE(equal_in_constant_time("hoopoe", "hoopoe"));
  EXPECT_FALSE(equal_in_constant_time("hoopoe", "hoopo"));
  EXPECT_FALSE(equal_in_constant_time("hoopoe", "hoopof"));
}

}  // namespace
}  // namespace hoopoe::crypto
