#include "timelines/ring_memory.h"

#include <algorithm>
#include <new>

#include <sys/mman.h>

namespace hoopoe::timelines {

void Ring::clear() {
  count = 0;
  complete_from = {};
}

void Ring::complete_only_from(PostId id) {
  complete_from = std::max(complete_from, id);
  const PostId* const first = std::lower_bound(ids, ids + count, complete_from);
  const PostId* const end = ids + count;
  std::copy(first, end, ids);
  count = static_cast<std::uint64_t>(end - first);
}

void Ring::add(PostId id) {
  if (id < complete_from) return;
  PostId* place = ids + count;
  while (place != ids && id < place[-1]) --place;
  if (place != ids && place[-1] == id) return;
  if (count == capacity) {
    const std::uint64_t dropped = count - kept;
    complete_only_from(ids[dropped]);
    if (place <= ids + dropped) return;
    place -= dropped;
  }
  std::move_backward(place, ids + count, ids + count + 1);
  *place = id;
  ++count;
}

RingMemory::RingMemory(std::size_t count) : bytes_(count * sizeof(Ring)) {
  // Zeros, of which only what is written to becomes memory.
  void* memory =
      ::mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  ::madvise(memory, bytes_, MADV_HUGEPAGE);
  rings_ = static_cast<Ring*>(memory);
}

RingMemory::~RingMemory() { ::munmap(rings_, bytes_); }

}  // namespace hoopoe::timelines
