#include "app/timelines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/publish.h"
#include "store/timelines.h"
#include "tests/oracle/naive_home.h"
#include "tests/support/random_history.h"
#include "tests/support/test_square.h"

namespace hoopoe::app {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

TEST(HomeTimeline, after_any_history_it_is_what_the_rules_say_of_every_post) {
  for (unsigned seed = 10; seed < 13; ++seed) {
    tests::TestSquare square;
    tests::RandomHistory history(square, seed);
    std::size_t compared = 0;
    for (int i = 0; i < 300; ++i) {
      history.step();
      if (i % 60 != 59) continue;
      for (const Actor& person : history.people()) {
        square.db().read([&](store::Read& read) {
          const auto expected = tests::naive_home(read, person.account);
          EXPECT_EQ(store::timelines::home(read, person.account, {.limit = 1000}), expected) << seed;
          compared += expected.size();
        });
      }
    }
    EXPECT_GT(compared, 500U);
  }
}

class TimelinesTest : public testing::Test {
 protected:
  tests::TestSquare square_;
  const Actor jack_ = square_.person("jack");
};

TEST_F(TimelinesTest, a_tag_is_found_in_any_spelling_that_folds_to_the_same) {
  square_.publish(jack_, "#می‌خواهم");
  square_.publish(jack_, "#Spring");
  EXPECT_THAT(tag_timeline(square_.app(), anonymous, "ميخواهم", {}).posts, SizeIs(1));
  EXPECT_THAT(tag_timeline(square_.app(), anonymous, "sPRING", {}).posts, SizeIs(1));
  EXPECT_THAT(tag_timeline(square_.app(), anonymous, "", {}).posts, IsEmpty());
}

TEST_F(TimelinesTest, a_page_covers_what_its_viewer_does_not_see_so_that_the_next_one_starts_right) {
  square_.publish(jack_, "seen");
  square_.publish(jack_, {.text = "unseen", .visibility = Visibility::followers});
  const PostPage page = author_timeline(square_.app(), anonymous, jack_.account, {}, {});
  EXPECT_THAT(page.posts, SizeIs(1));
  EXPECT_THAT(page.covered, SizeIs(2));
}

}  // namespace
}  // namespace hoopoe::app
