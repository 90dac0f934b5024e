#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

// Scanners for what begins with a sign: "@", "#", "$". Each takes code points and runs in linear time.
namespace hoopoe::text {

struct FoundName {
  std::size_t begin = 0;     // of the sign
  std::size_t name_end = 0;  // the name starts after the sign
  std::size_t end = 0;       // past "@host" or "/slug", where a mention has one
  bool has_domain = false;
  bool is_refused = false;
};

std::vector<FoundName> find_mentions(std::u32string_view text);
std::vector<FoundName> find_hashtags(std::u32string_view text);
std::vector<FoundName> find_cashtags(std::u32string_view text);

// The mention whose sign stands at `at`, whatever stands before it. Where there is none, `end` tells how far
// the name goes that is refused for what follows it.
FoundName mention_at(std::u32string_view text, std::size_t at);

}  // namespace hoopoe::text
