#include "crypto/password.h"

#include <array>

#include <sodium.h>

#include "base/ensure.h"
#include "base/refusal.h"
#include "crypto/hash.h"

namespace hoopoe::crypto {

namespace {

// OWASP Password Storage Cheat Sheet: Argon2id with m=19456 KiB, t=2, p=1.
constexpr std::size_t argon2_memory_bytes = 19456UL * 1024;
constexpr unsigned argon2_passes = 2;

}  // namespace

std::string hash_password(std::string_view password) {
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), argon2_passes, argon2_memory_bytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw Refusal(RefusalKind::unavailable, "The server is out of memory; try again in a minute.");
  }
  return hash.data();
}

bool verify_password(std::string_view hash, std::string_view password) {
  return crypto_pwhash_str_verify(std::string(hash).c_str(), password.data(), password.size()) == 0;
}

const std::string& dummy_password_hash() {
  static const std::string hash = hash_password(random_token(32));
  return hash;
}

std::string random_token(std::size_t bytes) {
  static const bool ready = sodium_init() >= 0;
  ensure(ready, "libsodium found a source of randomness");
  std::string raw(bytes, '\0');
  randombytes_buf(raw.data(), raw.size());
  return base64url(raw);
}

}  // namespace hoopoe::crypto
