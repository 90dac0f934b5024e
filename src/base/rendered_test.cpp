#include "base/rendered.h"

#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace hoopoe {
namespace {

struct Word {
  std::string letters;
  Rendered upper;
};

TEST(Rendered, a_text_is_made_once) {
  const Rendered rendered;
  int made = 0;
  const auto make = [&made] { return std::to_string(++made); };
  EXPECT_EQ(rendered.text(make), "1");
  EXPECT_EQ(rendered.text(make), "1");
}

TEST(Rendered, a_copy_of_the_value_has_a_text_of_its_own) {
  Word word{.letters = "hoopoe", .upper = {}};
  EXPECT_EQ(word.upper.text([] { return "HOOPOE"; }), "HOOPOE");
  Word other = word;
  EXPECT_EQ(other.upper.text([] { return "ANOTHER"; }), "ANOTHER");
  other = word;
  EXPECT_EQ(other.upper.text([] { return "A THIRD"; }), "A THIRD");
  EXPECT_EQ(word.upper.text([] { return "A FOURTH"; }), "HOOPOE");
}

TEST(Rendered, many_threads_are_given_one_and_the_same) {
  const Rendered rendered;
  std::vector<const std::string*> given(8);
  {
    std::vector<std::jthread> threads;
    for (const std::string*& place : given) {
      threads.emplace_back([&] { place = &rendered.text([] { return std::string("one"); }); });
    }
  }
  for (const std::string* text : given) EXPECT_EQ(text, given.front());
  EXPECT_EQ(*given.front(), "one");
}

}  // namespace
}  // namespace hoopoe
