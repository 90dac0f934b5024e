#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "text/utf8.h"

// Unicode normal forms (UAX #15), in time that grows with n log n: the library's own canonical ordering is an
// insertion sort, which a megabyte of shuffled accents turns into minutes.
namespace hoopoe::text {

std::u32string to_nfc(std::u32string_view points);
std::expected<std::string, Utf8Error> to_nfc(std::string_view text);

// Compatibility decomposition with full case folding; code points that are ignored by default (ZWNJ, ZWJ,
// variation selectors, bidi controls, soft hyphen) are left out. The first step of `fold`.
std::u32string to_nfkd_casefold(std::u32string_view points);

}  // namespace hoopoe::text
