#include "store/remembered.h"

#include <string>

#include <gtest/gtest.h>

namespace hoopoe::store {
namespace {

using Words = Remembered<int, std::string>;

constexpr auto never_changed = [](const std::string&) { return CommitNumber{0}; };

Words::Pointer word(std::string text) { return std::make_shared<const std::string>(std::move(text)); }

TEST(Remembered, a_value_is_found_until_what_it_was_made_of_changes) {
  Words words(100);
  EXPECT_EQ(words.find(1, 9, never_changed), nullptr);
  words.add(1, word("hoopoe"), 7);
  CommitNumber last_change = 7;
  const auto changed = [&](const std::string&) { return last_change; };
  EXPECT_EQ(*words.find(1, 7, changed), "hoopoe");
  EXPECT_EQ(*words.find(1, 9, changed), "hoopoe");
  last_change = 10;
  EXPECT_EQ(words.find(1, 10, changed), nullptr);
  last_change = 0;
  EXPECT_EQ(words.find(1, 11, changed), nullptr) << "it is gone";
}

TEST(Remembered, what_changed_is_asked_once_after_each_commit) {
  Words words(100);
  words.add(1, word("hoopoe"), 7);
  int asked = 0;
  const auto changed = [&](const std::string&) { return static_cast<CommitNumber>(0 * ++asked); };
  for (const CommitNumber as_of : {7, 8, 8, 8, 12, 12}) words.find(1, as_of, changed);
  EXPECT_EQ(asked, 2);
}

TEST(Remembered, a_newer_value_replaces_an_older_one_and_never_the_other_way_around) {
  Words words(100);
  words.add(1, word("new"), 8);
  words.add(1, word("old"), 7);
  EXPECT_EQ(*words.find(1, 8, never_changed), "new");
  words.add(1, word("newest"), 9);
  EXPECT_EQ(*words.find(1, 9, never_changed), "newest");
}

TEST(Remembered, what_is_in_use_outlives_what_replaces_it) {
  Words words(100);
  words.add(1, word("shown"), 1);
  const Words::Pointer shown = words.find(1, 1, never_changed);
  words.add(1, word("changed"), 2);
  EXPECT_EQ(*shown, "shown");
}

TEST(Remembered, there_are_never_more_than_so_many_and_those_asked_for_stay) {
  Words words(800);
  for (int key = 0; key < 100'000; ++key) {
    words.add(key, word(std::to_string(key)), 1);
    for (int often = 0; often < 10; ++often) words.find(often, 1, never_changed);
  }
  int held = 0;
  for (int key = 0; key < 100'000; ++key) held += words.find(key, 1, never_changed) ? 1 : 0;
  EXPECT_LE(held, 800);
  EXPECT_GT(held, 400);
  for (int often = 0; often < 10; ++often) {
    const Words::Pointer found = words.find(often, 1, never_changed);
    ASSERT_NE(found, nullptr) << often;
    EXPECT_EQ(*found, std::to_string(often));
  }
}

}  // namespace
}  // namespace hoopoe::store
