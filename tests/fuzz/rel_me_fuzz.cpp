// Pages of others, as they are fetched to see whether they link back to a profile.

#include <algorithm>
#include <string>

#include "tests/fuzz/require.h"
#include "text/rel_me.h"

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view page = hoopoe::tests::as_text(data, size);
  const auto links = hoopoe::text::rel_me_links(page);
  std::string lower(page);
  std::ranges::transform(lower, lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
  hoopoe::tests::require(links.empty() || lower.contains("rel"));
  return 0;
}
