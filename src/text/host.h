#pragma once

#include <cstddef>
#include <string_view>

namespace hoopoe::text {

constexpr std::size_t host_label_length_max = 63;  // RFC 1035, 2.3.4
constexpr std::size_t host_length_max = 253;       // RFC 1035, 2.3.4, as text without the root's dot

// The length of a label once DNS has it: itself, or "xn--" and its punycode (RFC 3492). 0 when it can't be
// one: empty, too long, or an "xn--" in front of what is not ASCII.
std::size_t encoded_label_length(std::u32string_view label);

// Whether a host name, labels parted by ".", can be asked of DNS: each label and the whole within bounds.
bool fits_dns(std::u32string_view host);

}  // namespace hoopoe::text
