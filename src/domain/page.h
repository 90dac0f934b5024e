#pragma once

#include <cstdint>

namespace hoopoe {

constexpr int page_limit_default = 20;  // Mastodon API, timelines "limit"
constexpr int page_limit_max = 40;
constexpr int accounts_page_limit_default = 40;  // Mastodon API, accounts/:id/followers "limit"
constexpr int accounts_page_limit_max = 80;

// A key-set page of things ordered by a positive id, newest first; 0 is "not given". What the Mastodon API
// means: max_id: older than it. since_id: newer than it, the newest ones. min_id: newer than it, those just
// after.
struct Page {
  std::int64_t max_id = 0;
  std::int64_t since_id = 0;
  std::int64_t min_id = 0;
  int limit = page_limit_default;
};

// Which posts a list is of.
enum class Showing { anything, photos };

}  // namespace hoopoe
