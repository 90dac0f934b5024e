#include "web/csrf.h"

#include "crypto/hash.h"
#include "crypto/password.h"

namespace hoopoe::web {

namespace {

constexpr std::size_t key_bytes = 32;  // of SHA-256
constexpr std::string_view purpose = "hoopoe form\n";

std::string key_of(std::string_view secret) {
  return crypto::sha256_bytes(std::string(purpose).append(secret));
}

std::string exclusive_or(std::string_view one, std::string_view other) {
  std::string out(one);
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<char>(out[i] ^ other[i]);
  return out;
}

}  // namespace

std::string csrf_token(std::string_view secret) {
  const std::string mask = crypto::sha256_bytes(crypto::random_token(key_bytes));
  return crypto::hex(mask + exclusive_or(mask, key_of(secret)));
}

bool csrf_token_matches(std::string_view token, std::string_view secret) {
  if (token.size() != 4 * key_bytes || secret.empty()) return false;
  const auto bytes = crypto::from_hex(token);
  if (!bytes) return false;
  const std::string_view mask = std::string_view(*bytes).substr(0, key_bytes);
  const std::string_view masked = std::string_view(*bytes).substr(key_bytes);
  return crypto::equal_in_constant_time(exclusive_or(mask, masked), key_of(secret));
}

}  // namespace hoopoe::web
