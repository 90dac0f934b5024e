#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hoopoe::crypto {

using Digest = std::array<std::uint8_t, 32>;

Digest sha256(std::string_view bytes);
// A digest as the 32 bytes that the store keeps.
std::string sha256_bytes(std::string_view bytes);

// RFC 4648: "base64" with padding, "base64url" without.
std::string base64(std::string_view bytes);
std::string base64url(std::string_view bytes);
std::string hex(std::string_view bytes);
// None for what is no such text. The padding may be missing.
std::optional<std::string> from_base64(std::string_view text);
std::optional<std::string> from_hex(std::string_view text);

// Does not tell by its time where two secrets differ.
bool equal_in_constant_time(std::string_view a, std::string_view b);

// PKCE, RFC 7636 section 4.6: is challenge the base64url of SHA-256 of verifier?
bool pkce_matches(std::string_view verifier, std::string_view challenge);

}  // namespace hoopoe::crypto
