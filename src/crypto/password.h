#pragma once

#include <string>
#include <string_view>

namespace hoopoe::crypto {

// Argon2id at 19 MiB and 2 passes (OWASP's first recommendation), about 13 ms: never on an io thread.
// Throws Refusal{unavailable} when the memory is not to be had.
std::string hash_password(std::string_view password);
bool verify_password(std::string_view hash, std::string_view password);

// A hash of a password that nobody has, to take the same time over a name that nobody has.
const std::string& dummy_password_hash();

// So many random bytes, as base64url: for tokens, codes, secrets and session keys.
std::string random_token(std::size_t bytes);

}  // namespace hoopoe::crypto
