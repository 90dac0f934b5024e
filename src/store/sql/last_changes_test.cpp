#include "store/sql/last_changes.h"

#include <vector>

#include <gtest/gtest.h>

namespace hoopoe::store::sql {
namespace {

TEST(LastChanges, a_subject_was_last_changed_by_the_newest_commit_that_named_it) {
  LastChanges changes;
  const Subject bird{.kind = 1, .id = 7};
  const Subject nest{.kind = 2, .id = 7};
  EXPECT_EQ(changes.of(bird), 0U);
  changes.announce(std::vector{bird});
  changes.note();
  changes.announce(std::vector{nest});
  changes.note();
  EXPECT_EQ(changes.of(bird), 1U);
  EXPECT_EQ(changes.of(nest), 2U);
  changes.announce(std::vector{bird, nest});
  changes.note();
  EXPECT_EQ(changes.of(bird), 3U);
  EXPECT_EQ(changes.newest(), 3U);
}

TEST(LastChanges, none_is_missed_however_many_there_are) {
  LastChanges changes;
  std::vector<Subject> all;
  for (std::int64_t id = 1; id <= 500'000; ++id) all.push_back({.kind = 3, .id = id});
  changes.announce(all);
  changes.note();
  for (const Subject subject : all) ASSERT_EQ(changes.of(subject), 1U);
}

TEST(LastChanges, ids_that_follow_each_other_seldom_share_a_place) {
  LastChanges changes;
  std::vector<Subject> some;
  for (std::int64_t id = 0; id < 10'000; ++id) some.push_back({.kind = 1, .id = id << 22});
  changes.announce(some);
  changes.note();
  int touched = 0;
  for (std::int64_t id = 0; id < 10'000; ++id)
    touched += changes.of({.kind = 1, .id = (id << 22) + 1}) > 0 ? 1 : 0;
  // A table of 2^20 places that has 10,000 taken: one in 100 by chance.
  EXPECT_LT(touched, 300);
}

TEST(LastChanges, what_a_commit_changes_is_marked_before_it_is_done) {
  LastChanges changes;
  const Subject bird{.kind = 1, .id = 7};
  changes.announce(std::vector{bird});
  EXPECT_EQ(changes.newest(), 0U);
  EXPECT_EQ(changes.announced(), 1U);
  EXPECT_GT(changes.of(bird), changes.newest()) << "what is read now does not hold";
  changes.note();
  EXPECT_EQ(changes.newest(), 1U);
}

TEST(LastChanges, a_commit_that_failed_keeps_its_number) {
  LastChanges changes;
  const Subject bird{.kind = 1, .id = 7};
  changes.announce(std::vector{bird});
  changes.announce(std::vector<Subject>{});
  changes.note();
  EXPECT_EQ(changes.newest(), 2U);
  EXPECT_EQ(changes.of(bird), 1U);
}

}  // namespace
}  // namespace hoopoe::store::sql
