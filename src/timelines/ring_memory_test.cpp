#include "timelines/ring_memory.h"

#include <algorithm>
#include <random>
#include <set>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hoopoe::timelines {
namespace {

using testing::ElementsAre;

std::vector<PostId> posts(const Ring& ring) { return {ring.posts().begin(), ring.posts().end()}; }

TEST(Ring, ids_are_in_order_and_each_there_once_however_they_come) {
  RingMemory memory(1);
  Ring& ring = memory[0];
  for (const int id : {5, 3, 9, 3, 7, 9}) ring.add(PostId{id});
  EXPECT_THAT(posts(ring), ElementsAre(PostId{3}, PostId{5}, PostId{7}, PostId{9}));
  EXPECT_EQ(ring.complete_from, PostId{});
}

TEST(Ring, a_full_one_holds_the_newest_and_says_from_where_on) {
  RingMemory memory(1);
  Ring& ring = memory[0];
  std::mt19937 random(3);
  std::set<PostId> all;
  for (int i = 0; i < 5'000; ++i) {
    const PostId id{i + 1 + static_cast<int>(random() % 40)};
    // What is older than what it holds is not taken.
    if (id >= ring.complete_from) all.insert(id);
    ring.add(id);
    std::erase_if(all, [&](PostId one) { return one < ring.complete_from; });
    ASSERT_TRUE(std::ranges::equal(ring.posts(), all)) << i;
  }
  EXPECT_GE(ring.posts().size(), Ring::kept);
  EXPECT_LE(ring.posts().size(), Ring::capacity);
}

TEST(Ring, what_is_below_the_end_of_what_is_known_is_gone) {
  RingMemory memory(1);
  Ring& ring = memory[0];
  for (const int id : {3, 5, 7}) ring.add(PostId{id});
  ring.complete_only_from(PostId{5});
  ring.add(PostId{4});
  EXPECT_THAT(posts(ring), ElementsAre(PostId{5}, PostId{7}));
  ring.complete_only_from(PostId{2});
  EXPECT_EQ(ring.complete_from, PostId{5});
}

TEST(RingMemory, rings_do_not_touch_each_other) {
  RingMemory memory(3);
  for (int place = 0; place < 3; ++place) {
    for (int i = 0; i < 2'000; ++i) memory[static_cast<std::size_t>(place)].add(PostId{i * 3 + place});
  }
  for (int place = 0; place < 3; ++place) {
    for (const PostId id : memory[static_cast<std::size_t>(place)].posts()) EXPECT_EQ(id.value % 3, place);
  }
}

}  // namespace
}  // namespace hoopoe::timelines
