#include "base/id_source.h"

#include <set>

#include <gtest/gtest.h>

#include "base/ensure.h"

namespace hoopoe {
namespace {

constexpr Time noon = std::chrono::sys_days{std::chrono::year{2013} / 10 / 1} + std::chrono::hours{12};

TEST(IdSource, an_id_is_positive_and_knows_its_time) {
  IdSource source(7);
  const std::int64_t id = source.next(noon);
  EXPECT_GT(id, 0);
  EXPECT_EQ(time_of_id(id), noon);
  EXPECT_EQ((id >> 12) & 1023, 7);
}

TEST(IdSource, more_than_4096_in_one_millisecond_still_rise) {
  IdSource source(0);
  std::int64_t last = 0;
  for (int i = 0; i < 10'000; ++i) {
    const std::int64_t id = source.next(noon);
    ASSERT_GT(id, last);
    last = id;
  }
  EXPECT_EQ(time_of_id(last), noon + milliseconds{2});
}

TEST(IdSource, a_clock_that_jumps_back_never_repeats_an_id) {
  IdSource source(0);
  std::set<std::int64_t> seen;
  for (const int hours : {0, -24, 1, -8760, 2, 0}) {
    for (int i = 0; i < 100; ++i) {
      const std::int64_t id = source.next(noon + std::chrono::hours{hours});
      ASSERT_TRUE(seen.empty() || id > *seen.rbegin());
      seen.insert(id);
    }
  }
}

TEST(IdSource, resumes_after_the_newest_id_even_of_another_node) {
  IdSource before(900);
  const std::int64_t newest = before.next(noon);
  IdSource after(3);
  after.resume_after(newest);
  EXPECT_GT(after.next(noon - std::chrono::hours{24}) >> 22, 0);
  IdSource same(900);
  same.resume_after(newest);
  EXPECT_EQ(same.newest(), newest);
  EXPECT_GT(same.next(noon - std::chrono::hours{24}), newest);
}

TEST(IdSource, a_time_before_2006_counts_as_2006) {
  EXPECT_GT(IdSource(0).next(from_milliseconds(0)), 0);
  EXPECT_EQ(first_id_at(from_milliseconds(0)), std::nullopt);
}

TEST(IdSource, the_first_id_of_a_millisecond_is_below_all_of_it) {
  EXPECT_LE(*first_id_at(noon), IdSource(0).next(noon));
  IdSource before(node_max);
  std::int64_t last = 0;
  for (int i = 0; i < 4096; ++i) last = before.next(noon - milliseconds{1});
  EXPECT_GT(*first_id_at(noon), last);
}

TEST(IdSource, the_import_node_cannot_be_a_server) { EXPECT_THROW(IdSource{import_node}, Bug); }

}  // namespace
}  // namespace hoopoe
