#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "domain/page.h"

namespace hoopoe::tests {

// What Page means, said as plainly as can be: of all ids, those of the page, newest first.
inline std::vector<std::int64_t> naive_page(std::vector<std::int64_t> all, const Page& page) {
  std::ranges::sort(all, std::greater());
  std::erase_if(all, [&](std::int64_t id) { return page.max_id > 0 && id >= page.max_id; });
  const std::int64_t after = page.min_id > 0 ? page.min_id : page.since_id;
  std::erase_if(all, [&](std::int64_t id) { return id <= after; });
  const auto limit = static_cast<std::size_t>(page.limit);
  if (all.size() <= limit) return all;
  if (page.min_id > 0) return {all.end() - page.limit, all.end()};
  all.resize(limit);
  return all;
}

}  // namespace hoopoe::tests
