#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "base/prefetch.h"
#include "store/sql/last_changes.h"

namespace hoopoe::store {

using sql::CommitNumber;

// Values that were read once, as of some commit, so many at most: a set-associative cache, where a key has
// its place among a few others, and of those the one that was not asked for lately makes room. Any thread.
template <class Key, class Value, class Hash = std::hash<Key>>
class Remembered {
 public:
  using Pointer = std::shared_ptr<const Value>;  // with whoever still shows what has been replaced

  explicit Remembered(std::size_t count_max) : sets_(std::max<std::size_t>(1, count_max / ways)) {}

  // nullptr: nothing is remembered that still holds, as of a commit. changed(value) is the last commit that
  // changed what the value was made of.
  template <class Changed>
  Pointer find(const Key& key, CommitNumber as_of, const Changed& changed) {
    Set& set = set_of(key);
    const std::scoped_lock lock(set.mutex);
    const std::size_t way = set.find(key);
    if (way == ways) return {};
    Entry& entry = set.entries[way];
    // Asked once after each commit, however often it is read.
    if (entry.as_of < as_of) {
      if (changed(*entry.value) > entry.as_of) {
        entry.value = nullptr;
        return nullptr;
      }
      entry.as_of = as_of;
    }
    entry.asked_for = true;
    return entry.value;
  }

  // Before find(), of many.
  void prefetch(const Key& key) const {
    const Set& set = sets_[index_of(key)];
    hoopoe::prefetch(&set);
    hoopoe::prefetch(&set.mutex);
    hoopoe::prefetch(&set.entries[0]);
    hoopoe::prefetch(&set.entries[ways / 2]);
  }

  void add(const Key& key, Pointer value, CommitNumber as_of) {
    Set& set = set_of(key);
    const std::scoped_lock lock(set.mutex);
    std::size_t way = set.find(key);
    // Two threads may have read the same; the older answer does not replace the newer one.
    if (way != ways && set.entries[way].as_of > as_of) return;
    if (way == ways) way = set.make_room();
    set.keys[way] = key;
    set.entries[way] = {.value = std::move(value), .as_of = as_of, .asked_for = false};
  }

 private:
  static constexpr std::size_t ways = 8;  // 64-bit keys of one set are one line of the processor's cache

  struct Entry {
    Pointer value;
    CommitNumber as_of = 0;
    bool asked_for = false;  // since the hand came by
  };
  struct Set {
    std::array<Key, ways> keys{};
    std::mutex mutex;
    std::size_t hand = 0;
    std::array<Entry, ways> entries;

    // `ways` when it is not there.
    std::size_t find(const Key& key) const {
      std::size_t way = 0;
      while (way < ways && (keys[way] != key || !entries[way].value)) ++way;
      return way;
    }
    // CLOCK (Corbato, A Paging Experiment with the Multics System, 1968).
    std::size_t make_room() {
      const auto free = std::ranges::find(entries, nullptr, &Entry::value);
      if (free != entries.end()) return static_cast<std::size_t>(free - entries.begin());
      while (std::exchange(entries[hand].asked_for, false)) hand = (hand + 1) % ways;
      return std::exchange(hand, (hand + 1) % ways);
    }
  };

  std::size_t index_of(const Key& key) const {
    // Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4); the upper half of the product, since
    // ids that follow each other differ in the lower.
    constexpr std::uint64_t golden = 0x9e3779b97f4a7c15U;
    return ((Hash{}(key)*golden) >> 32U) % sets_.size();
  }
  Set& set_of(const Key& key) { return sets_[index_of(key)]; }

  std::vector<Set> sets_;
};

}  // namespace hoopoe::store
