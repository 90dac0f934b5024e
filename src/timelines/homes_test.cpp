#include "timelines/homes.h"

#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hoopoe::timelines {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr AccountId jack{1};
constexpr AccountId farah{2};
constexpr AccountId sara{3};
constexpr AccountId reza{4};
constexpr PostId newest_of_all{1'000'000};

std::vector<PostId> read(Homes& homes, AccountId reader) {
  const auto kept = homes.read(reader, 1, newest_of_all, Ring::capacity);
  return kept ? kept->ids : std::vector<PostId>{};
}

void begin(Homes& homes, AccountId reader, const std::vector<Followed>& followed) {
  homes.finish(homes.begin(reader, followed, 1), {});
}

TEST(Homes, what_somebody_says_is_on_the_homes_of_who_follows_them_and_on_their_own) {
  Homes homes;
  begin(homes, jack, {{.account = farah}});
  begin(homes, farah, {});
  begin(homes, sara, {{.account = jack}});
  homes.add({.id = PostId{10}, .author = farah});
  EXPECT_THAT(read(homes, jack), ElementsAre(PostId{10}));
  EXPECT_THAT(read(homes, farah), ElementsAre(PostId{10}));
  EXPECT_THAT(read(homes, sara), IsEmpty());
}

TEST(Homes, an_answer_is_on_the_homes_of_those_who_follow_both) {
  Homes homes;
  begin(homes, jack, {{.account = farah}, {.account = sara}});
  begin(homes, reza, {{.account = farah}});
  begin(homes, sara, {{.account = farah}});
  begin(homes, farah, {});
  homes.add({.id = PostId{10}, .author = farah, .reply_to_author = sara});
  homes.add({.id = PostId{11}, .author = farah, .reply_to_author = farah});
  EXPECT_THAT(read(homes, jack), ElementsAre(PostId{11}, PostId{10}));
  EXPECT_THAT(read(homes, reza), ElementsAre(PostId{11}));
  EXPECT_THAT(read(homes, sara), ElementsAre(PostId{11}, PostId{10})) << "an answer to oneself";
  EXPECT_THAT(read(homes, farah), ElementsAre(PostId{11}, PostId{10})) << "one's own answers";
}

TEST(Homes, reposts_come_as_the_reader_wants_them_and_what_is_for_the_mentioned_does_not_come) {
  Homes homes;
  begin(homes, jack, {{.account = farah, .reposts_shown = false}});
  begin(homes, sara, {{.account = farah}});
  begin(homes, farah, {});
  homes.add({.id = PostId{10}, .author = farah, .is_repost = true});
  homes.add({.id = PostId{11}, .author = farah, .for_mentioned_alone = true});
  EXPECT_THAT(read(homes, jack), IsEmpty());
  EXPECT_THAT(read(homes, sara), ElementsAre(PostId{10}));
  EXPECT_THAT(read(homes, farah), ElementsAre(PostId{11}, PostId{10}));
}

TEST(Homes, what_arrives_while_the_past_is_read_is_not_missed) {
  Homes homes;
  const auto begun = homes.begin(jack, {{.account = farah}}, 1);
  homes.add({.id = PostId{10}, .author = farah});
  EXPECT_FALSE(homes.read(jack, 1, newest_of_all, 10)) << "not whole yet";
  homes.finish(begun, {.ids = {PostId{10}, PostId{8}, PostId{5}}, .complete_from = PostId{5}});
  const auto kept = homes.read(jack, 1, newest_of_all, 10);
  ASSERT_TRUE(kept);
  EXPECT_THAT(kept->ids, ElementsAre(PostId{10}, PostId{8}, PostId{5}));
  EXPECT_EQ(kept->complete_from, PostId{5});
}

TEST(Homes, a_home_of_older_follows_is_not_given) {
  Homes homes;
  begin(homes, jack, {{.account = farah}});
  EXPECT_TRUE(homes.read(jack, 1, newest_of_all, 10));
  EXPECT_FALSE(homes.read(jack, 2, newest_of_all, 10));
  const auto old = homes.begin(jack, {{.account = farah}}, 1);
  const auto fresh = homes.begin(jack, {{.account = sara}}, 2);
  homes.finish(old, {.ids = {PostId{3}}, .complete_from = {}});
  EXPECT_FALSE(homes.read(jack, 2, newest_of_all, 10)) << "begun anew meanwhile";
  homes.finish(fresh, {.ids = {PostId{4}}, .complete_from = {}});
  homes.add({.id = PostId{10}, .author = farah});
  homes.add({.id = PostId{11}, .author = sara});
  EXPECT_THAT(homes.read(jack, 2, newest_of_all, 10)->ids, ElementsAre(PostId{11}, PostId{4}));
}

TEST(Homes, a_part_says_from_where_on_it_is_complete) {
  Homes homes;
  begin(homes, jack, {});
  for (int id = 1; id <= 9; ++id) homes.add({.id = PostId{id}, .author = jack});
  const auto some = homes.read(jack, 1, PostId{8}, 3);
  EXPECT_THAT(some->ids, ElementsAre(PostId{7}, PostId{6}, PostId{5}));
  EXPECT_EQ(some->complete_from, PostId{5});
  EXPECT_EQ(homes.read(jack, 1, PostId{3}, 3)->complete_from, PostId{});
}

TEST(Homes, of_more_readers_than_there_is_room_for_the_idle_make_room) {
  Homes homes({.readers_max = 2, .pushed_readers_max = 10});
  begin(homes, jack, {{.account = reza}});
  begin(homes, farah, {{.account = reza}});
  begin(homes, sara, {{.account = reza}});
  EXPECT_EQ(homes.readers(), 2U);
  homes.add({.id = PostId{10}, .author = reza});
  int kept = 0;
  for (const AccountId reader : {jack, farah, sara}) kept += read(homes, reader).size() == 1 ? 1 : 0;
  EXPECT_EQ(kept, 2);
  EXPECT_THAT(read(homes, sara), ElementsAre(PostId{10})) << "who came last";
}

// The same, of every arrival there was.
class NaiveHomes {
 public:
  void follow(AccountId reader, std::vector<Followed> followed) { followed_[reader] = std::move(followed); }
  void add(const Arrival& arrival) {
    std::erase_if(arrivals_, [&](const Arrival& one) { return one.id == arrival.id; });
    arrivals_.push_back(arrival);
  }
  std::vector<PostId> read(AccountId reader) const {
    std::vector<PostId> ids;
    for (const Arrival& arrival : arrivals_) {
      if (is_for(reader, arrival)) ids.push_back(arrival.id);
    }
    std::ranges::sort(ids, std::greater{});
    return ids;
  }

 private:
  const Followed* find(AccountId reader, AccountId author) const {
    const auto& followed = followed_.at(reader);
    const auto found = std::ranges::find(followed, author, &Followed::account);
    return found == followed.end() ? nullptr : &*found;
  }
  bool is_for(AccountId reader, const Arrival& arrival) const {
    if (arrival.author == reader) return true;
    const Followed* const followed = find(reader, arrival.author);
    if (followed == nullptr || arrival.for_mentioned_alone) return false;
    if (arrival.is_repost && !followed->reposts_shown) return false;
    const AccountId answered = arrival.reply_to_author;
    return !answered || answered == reader || answered == arrival.author || find(reader, answered) != nullptr;
  }

  std::map<AccountId, std::vector<Followed>> followed_;
  std::vector<Arrival> arrivals_;
};

class RandomArrivals : public testing::TestWithParam<std::size_t> {};

TEST_P(RandomArrivals, fill_homes_as_the_rules_say) {
  Homes homes({.readers_max = 40, .pushed_readers_max = GetParam()});
  NaiveHomes naive;
  std::mt19937 random(7);
  const auto somebody = [&] { return AccountId{1 + static_cast<int>(random() % 30)}; };
  std::uint64_t version = 0;
  const auto follow_anew = [&](AccountId reader) {
    std::vector<Followed> followed;
    for (int i = 0; i < 8; ++i) {
      const AccountId author = somebody();
      const bool known = std::ranges::find(followed, author, &Followed::account) != followed.end();
      if (author != reader && !known)
        followed.push_back({.account = author, .reposts_shown = random() % 3 != 0});
    }
    naive.follow(reader, followed);
    const auto begun = homes.begin(reader, followed, ++version);
    homes.finish(begun, {.ids = naive.read(reader), .complete_from = {}});
  };
  for (int id = 1; id <= 30; ++id) follow_anew(AccountId{id});
  std::size_t compared = 0;
  std::vector<Arrival> said;
  for (int id = 1; id <= 2'000; ++id) {
    said.push_back({.id = PostId{id},
                    .author = somebody(),
                    .reply_to_author = random() % 3 == 0 ? somebody() : AccountId{},
                    .is_repost = random() % 5 == 0,
                    .for_mentioned_alone = random() % 10 == 0});
    // What was said before may arrive again, edited to be for more.
    for (Arrival* arrival : {&said.back(), &said[random() % said.size()]}) {
      if (arrival->id.value != id) arrival->for_mentioned_alone = false;
      homes.add(*arrival);
      naive.add(*arrival);
    }
    if (id % 50 == 0) follow_anew(somebody());
    if (id % 50 != 0) continue;
    for (int reader = 1; reader <= 30; ++reader) {
      const auto kept = homes.read(AccountId{reader}, 0, newest_of_all, Ring::capacity);
      ASSERT_TRUE(kept);
      std::vector<PostId> expected = naive.read(AccountId{reader});
      std::erase_if(expected, [&](PostId one) { return one < kept->complete_from; });
      ASSERT_EQ(kept->ids, expected) << reader << " after " << id;
      compared += expected.size();
    }
  }
  EXPECT_GT(compared, 50'000U);
}

// Everybody pushed to; the most followed merged at read; all merged.
INSTANTIATE_TEST_SUITE_P(PushLimits, RandomArrivals, testing::Values(1'000, 8, 0));

TEST(Homes, threads_that_read_begin_and_add_do_not_disturb_each_other) {
  Homes homes({.readers_max = 50, .pushed_readers_max = 30});
  std::vector<Followed> everybody;
  for (int id = 1; id <= 60; ++id) everybody.push_back({.account = AccountId{id}});
  for (int id = 1; id <= 60; ++id) begin(homes, AccountId{id}, everybody);
  {
    std::jthread writer([&] {
      for (int id = 1; id <= 500; ++id) homes.add({.id = PostId{id}, .author = AccountId{1 + id % 60}});
    });
    std::jthread reader([&] {
      for (int i = 0; i < 500; ++i) {
        const auto kept = homes.read(AccountId{1 + i % 60}, 1, newest_of_all, 20);
        if (kept) EXPECT_TRUE(std::ranges::is_sorted(kept->ids, std::greater{}));
      }
    });
    for (int i = 0; i < 60; ++i) begin(homes, AccountId{1 + i % 60}, everybody);
  }
  EXPECT_EQ(homes.readers(), 50U);
}

}  // namespace
}  // namespace hoopoe::timelines
