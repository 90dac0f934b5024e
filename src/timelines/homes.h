#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "domain/home.h"
#include "timelines/ring_memory.h"

namespace hoopoe::timelines {

struct HomesOptions {
  // What one home takes, of a reader with 200 follows.
  static constexpr std::size_t bytes_of_home = 6 << 10;

  // Readers whose homes are kept; the idle make room.
  std::size_t readers_max = 100'000;
  // What an author with more readers than this says is not put into their homes: it is added when they read.
  std::size_t pushed_readers_max = 50'000;
};

// The newest ids of active readers' home timelines, in memory: of each a ring, which what arrives is put
// into. A home is kept from its first read on: begin(), then its past is read elsewhere, then finish(), so
// that nothing that arrives meanwhile is missed. Any thread. See domain/home.h for what it holds.
class Homes {
 public:
  explicit Homes(HomesOptions options = {});

  // Those before an id, at most so many. None: the home is not kept, or as of older follows than these.
  std::optional<HomeIds> read(AccountId reader, std::uint64_t follows_version, PostId before,
                              std::size_t limit);

  struct Begun {
    std::uint32_t place = 0;
    std::uint64_t ticket = 0;
  };
  // From now on what arrives is on the reader's home. The version is that of the follows: a number that grows
  // when they change.
  Begun begin(AccountId reader, const std::vector<Followed>& followed, std::uint64_t follows_version);
  // With what was there already. Nothing happens when the home was begun anew meanwhile.
  void finish(const Begun& begun, const HomeIds& past);

  // What arrives a second time (edited, restored) is there once.
  void add(const Arrival& arrival);

  std::size_t readers() const;

 private:
  struct Reader {
    AccountId account;
    std::vector<AccountId> authors;  // whom it follows, and itself
    std::uint64_t follows_version = 0;
    std::uint64_t ticket = 0;
    bool is_kept = false;  // else it is only begun
    bool read_lately = false;
  };
  // A place in readers_ that gets what an author says.
  struct Listener {
    std::uint32_t place;
    bool no_reposts;
  };
  // Ordered by place.
  using Listeners = std::vector<Listener>;
  // Of an author with too many readers to push to.
  struct Star {
    std::vector<Arrival> newest;  // oldest first
    PostId complete_from;
  };

  std::uint32_t place_for(AccountId reader);
  std::uint32_t least_read();
  void listen(std::uint32_t place, const Followed& followed);
  void stop_listening(std::uint32_t place);
  const Listener* find_listener(AccountId author, std::uint32_t place) const;
  std::uint32_t place_of(AccountId reader) const;
  std::optional<std::uint32_t> push_some(const Arrival& arrival, std::uint32_t from);
  static bool wants(const Listener& listener, const Arrival& arrival, bool hears_answered);
  static void add_to(Star& star, const Arrival& arrival);
  void merge_stars(std::uint32_t place, PostId before, HomeIds& kept) const;

  const HomesOptions options_;
  mutable std::mutex mutex_;
  // Guarded by mutex_, as is all below.
  std::vector<Reader> readers_;
  RingMemory rings_;
  std::unordered_map<AccountId, std::uint32_t> places_;
  std::unordered_map<AccountId, Listeners> listeners_;
  std::unordered_map<AccountId, Star> stars_;
  std::uint32_t hand_ = 0;
  std::uint64_t last_ticket_ = 0;
};

}  // namespace hoopoe::timelines
