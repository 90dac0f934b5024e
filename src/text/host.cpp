#include "text/host.h"

#include <algorithm>

#include "text/characters.h"

namespace hoopoe::text {

namespace {

// RFC 3492, section 5: parameters of punycode.
constexpr std::size_t base = 36;
constexpr std::size_t t_min = 1;
constexpr std::size_t t_max = 26;
constexpr std::size_t skew = 38;
constexpr std::size_t damp = 700;
constexpr std::size_t initial_bias = 72;

std::size_t adapt(std::size_t delta, std::size_t count, bool is_first) {
  delta = is_first ? delta / damp : delta / 2;
  delta += delta / count;
  std::size_t k = 0;
  for (; delta > ((base - t_min) * t_max) / 2; k += base) delta /= base - t_min;
  return k + (base - t_min + 1) * delta / (delta + skew);
}

// How many digits `delta` takes as a variable-length integer.
std::size_t count_digits(std::size_t delta, std::size_t bias) {
  std::size_t digits = 1;
  for (std::size_t k = base;; k += base, ++digits) {
    const std::size_t t = k <= bias ? t_min : std::min(k - bias, t_max);
    if (delta < t) return digits;
    delta = (delta - t) / (base - t);
  }
}

// Requires: at most host_label_length_max points, for its time grows with their square.
std::size_t punycode_length(std::u32string_view label) {
  const auto basic =
      static_cast<std::size_t>(std::ranges::count_if(label, [](char32_t c) { return c < 0x80; }));
  std::size_t length = basic == 0 ? 0 : basic + 1;
  std::size_t handled = basic;
  std::size_t delta = 0;
  std::size_t bias = initial_bias;
  for (char32_t floor = 0x80; handled < label.size(); ++floor) {
    char32_t next = 0x110000;
    for (const char32_t c : label) {
      if (c >= floor) next = std::min(next, c);
    }
    delta += (next - floor) * (handled + 1);
    floor = next;
    for (const char32_t c : label) {
      if (c < floor) ++delta;
      if (c != floor) continue;
      length += count_digits(delta, bias);
      bias = adapt(delta, handled + 1, handled == basic);
      delta = 0;
      ++handled;
    }
    ++delta;
  }
  return length;
}

}  // namespace

std::size_t encoded_label_length(std::u32string_view label) {
  if (label.empty() || label.size() > host_label_length_max) return 0;
  if (std::ranges::all_of(label, [](char32_t c) { return c < 0x80; })) return label.size();
  constexpr std::u32string_view prefix = U"xn--";
  if (std::ranges::equal(label.substr(0, prefix.size()), prefix, {}, ascii_lower)) return 0;
  const std::size_t length = prefix.size() + punycode_length(label);
  return length <= host_label_length_max ? length : 0;
}

bool fits_dns(std::u32string_view host) {
  std::size_t total = 0;
  for (;;) {
    const std::size_t dot = host.find(U'.');
    const std::size_t length = encoded_label_length(host.substr(0, dot));
    total += length + 1;
    if (length == 0 || total > host_length_max + 1) return false;
    if (dot == std::u32string_view::npos) return true;
    host.remove_prefix(dot + 1);
  }
}

}  // namespace hoopoe::text
