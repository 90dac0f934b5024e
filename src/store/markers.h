#pragma once

#include <optional>
#include <string_view>

#include "base/clock.h"
#include "domain/ids.h"
#include "store/database.h"

// How far an account has read a timeline: the table markers (Mastodon API, markers).
namespace hoopoe::store::markers {

struct Marker {
  std::int64_t last_read = 0;
  std::int64_t version = 0;  // how often it was set
  Time updated;
};

std::optional<Marker> find(Read& read, AccountId account, std::string_view timeline);
Marker set(Write& write, AccountId account, std::string_view timeline, std::int64_t last_read);
void erase_of_account(Write& write, AccountId account);

}  // namespace hoopoe::store::markers
