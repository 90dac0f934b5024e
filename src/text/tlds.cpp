#include "text/tlds.h"

#include <algorithm>
#include <string>

#include <utf8proc.h>

#include "text/characters.h"
#include "text/utf8.h"

namespace hoopoe::text {

namespace {

// Sorted by bytes. Written by tlds.cmake.
constexpr std::string_view table[] = {
#include "text/tld_table.inc"
};
static_assert(std::ranges::is_sorted(table));

constexpr std::size_t longest_tld_bytes = std::ranges::max(table, {}, &std::string_view::size).size();

// After an ASCII letter, digit, "@", "+" or "-" the word, or the mail address, goes on.
bool ends_before(std::u32string_view label, std::size_t size) {
  if (size == label.size()) return true;
  const char32_t next = label[size];
  return !is_ascii_alphanumeric(next) && next != U'@' && next != U'+' && next != U'-';
}

// "xn--" and what an IDN label looks like in ASCII. Which ones exist is not asked, as twitter-text does not.
std::size_t match_punycode(std::u32string_view label) {
  constexpr std::u32string_view prefix = U"xn--";
  if (label.size() <= prefix.size() || !std::ranges::equal(label.substr(0, 4), prefix, {}, ascii_lower))
    return 0;
  std::size_t size = prefix.size();
  while (size < label.size() && (is_ascii_alphanumeric(label[size]) || label[size] == U'-')) ++size;
  while (size > prefix.size() && label[size - 1] == U'-') --size;
  return size > prefix.size() && ends_before(label, size) ? size : 0;
}

}  // namespace

std::size_t match_tld(std::u32string_view label) {
  std::string bytes;
  std::size_t longest = 0;
  for (std::size_t i = 0; i < label.size() && bytes.size() < longest_tld_bytes; ++i) {
    if (!is_host_character(label[i])) break;
    append_utf8(bytes, static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(label[i]))));
    if (ends_before(label, i + 1) && std::ranges::binary_search(table, std::string_view(bytes)))
      longest = i + 1;
  }
  return longest != 0 ? longest : match_punycode(label);
}

std::size_t count_tlds() { return std::size(table); }

}  // namespace hoopoe::text
