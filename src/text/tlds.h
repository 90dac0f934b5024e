#pragma once

#include <cstddef>
#include <string_view>

// The names that a host can end in: the public suffix list's at build time, and those that have been given
// up.
namespace hoopoe::text {

// How many code points at the start of `label` are a top-level domain, in any case; 0: none. The longest one
// that ends where a word ends: "com" of "com中国", nothing of "comedy5", "com-pany" or "com@".
std::size_t match_tld(std::u32string_view label);

std::size_t count_tlds();

}  // namespace hoopoe::text
