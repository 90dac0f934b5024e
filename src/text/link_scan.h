#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace hoopoe::text {

// A link among code points. Without "http://" or "https://" it is a bare host name with a known end.
struct FoundLink {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool has_scheme = false;
};

constexpr std::size_t link_length_max = 4096;      // twitter-text MAX_URL_LENGTH, code points
constexpr std::size_t short_link_length_max = 40;  // twitter-text MAX_TCO_SLUG_LENGTH

// The links of twitter-text 3.1, in time linear in the text. Where more is taken than there: letters of the
// Arabic script stand in paths and queries as Cyrillic ones do, so that a Persian encyclopedia's links are
// whole.
std::vector<FoundLink> find_links(std::u32string_view text);

// Characters of a path, and those that it may end with; a full stop or a bracket after a link is the
// sentence's.
bool is_path_character(char32_t c);
bool is_path_end(char32_t c);

}  // namespace hoopoe::text
