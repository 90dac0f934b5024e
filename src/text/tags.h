#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hoopoe::text {

// The hashtags of a text as they are compared (see fold.h), each once, in the order they come in; those that
// fold to nothing left out.
std::vector<std::string> folded_tags(std::string_view text);

}  // namespace hoopoe::text
