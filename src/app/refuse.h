#pragma once

#include <cstddef>
#include <string_view>

namespace hoopoe::app {

// Refusal{invalid} in the words that apps show: "Validation failed: ...".
[[noreturn]] void refuse_as_invalid(std::string_view what);
// Unless the text is UTF-8 of at most so many code points, and text::holds_controls() says no.
void require_text(std::string_view name, std::string_view text, std::size_t characters_max);

}  // namespace hoopoe::app
