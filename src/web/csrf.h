#pragma once

#include <string>
#include <string_view>

namespace hoopoe::web {

// A token for the forms of whoever holds the secret: other at every call, so that the length of compressed
// answers tells nothing of it (BREACH), and of no use for learning the secret.
std::string csrf_token(std::string_view secret);
bool csrf_token_matches(std::string_view token, std::string_view secret);

}  // namespace hoopoe::web
