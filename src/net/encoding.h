#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hoopoe::net {

enum class Plus { literal, space };  // what "+" stands for: itself in a path, a space in a form or a query

// Decodes %41 and the like. Nothing when a % isn't followed by two hexadecimal digits.
std::optional<std::string> percent_decode(std::string_view text, Plus plus);

// Well-formed UTF-8 without NUL: no overlong forms, no surrogates, nothing above U+10FFFF (RFC 3629).
bool is_clean_utf8(std::string_view text);

}  // namespace hoopoe::net
