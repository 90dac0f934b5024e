#pragma once

#include <optional>
#include <vector>

#include "base/clock.h"
#include "domain/ids.h"

namespace hoopoe {

constexpr std::size_t speakers_max = 20;  // of one occasion: each is a lookup for every page of it

// What pages call a live event: a post that everyone may read sums it up and stands first, and what some
// accounts say for all to read from then on stands below, until it is over. (An Event is a row of the
// outbox.)
struct Occasion {
  PostId summary;
  AccountId holder;  // who wrote it
  std::vector<AccountId>
      speakers;  // as they were named, without those whom a block keeps apart from the holder
  std::optional<Time> ended;

  friend bool operator==(const Occasion&, const Occasion&) = default;
};

}  // namespace hoopoe
