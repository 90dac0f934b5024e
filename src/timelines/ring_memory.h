#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "domain/ids.h"

namespace hoopoe::timelines {

// The newest post ids of one home, in a page of memory, oldest first. Ids may come in any order; what is
// older than the oldest of a full ring is not kept.
struct Ring {
  static constexpr std::size_t capacity = 510;
  // What is left when a full one makes room: moved once in 110 arrivals.
  static constexpr std::size_t kept = 400;

  PostId complete_from;
  std::uint64_t count;
  PostId ids[capacity];

  std::span<const PostId> posts() const { return {ids, count}; }
  void clear();
  // From now on nothing older is held.
  void complete_only_from(PostId id);
  // Each id is there once.
  void add(PostId id);
};
static_assert(sizeof(Ring) == 4096);

// Room for so many rings, in huge pages where the system has them: a post that goes to many homes touches one
// page of each. Memory is taken as rings are first used, from the first on.
class RingMemory {
 public:
  explicit RingMemory(std::size_t count);
  ~RingMemory();
  RingMemory(const RingMemory&) = delete;
  RingMemory& operator=(const RingMemory&) = delete;

  Ring& operator[](std::size_t place) { return rings_[place]; }

 private:
  std::size_t bytes_;
  Ring* rings_;
};

}  // namespace hoopoe::timelines
