#pragma once

#include <cstdint>
#include <optional>

#include "base/clock.h"

namespace hoopoe {

// The numbers behind every Id: positive, 63 bits, in the order they were issued.
//   41 bits of milliseconds since 2006-01-01T00:00Z (enough until 2075) | 10 bits node | 12 bits sequence
// One node is kept for posts that came from elsewhere, so that an import never meets a number of ours.
inline constexpr int node_max = 1022;
inline constexpr int import_node = 1023;

// Issues ids that never repeat nor go back: not when the clock jumps back, and not when more than 4,096 are
// asked for within one millisecond; then the id runs ahead of the clock until the clock has caught up.
// Not for several threads: the store's writer owns one.
class IdSource {
 public:
  // Requires: 0 <= node <= node_max.
  explicit IdSource(int node);

  std::int64_t next(Time now);

  // Everything issued from now on is newer than this id: for the newest one that the store has seen.
  void resume_after(std::int64_t newest_id);

  // The newest id issued or resumed after; 0 if none.
  std::int64_t newest() const;

 private:
  int node_;
  // Milliseconds and sequence as one number of 53 bits, so that a full sequence carries into the next
  // millisecond.
  std::int64_t newest_tick_ = 0;
};

// The time an id was made for, exact to the millisecond.
Time time_of_id(std::int64_t id);

// The smallest id of that millisecond: ids of posts since a time are >= it. nullopt: outside 2006 to 2075.
std::optional<std::int64_t> first_id_at(Time time);

}  // namespace hoopoe
