#include "app/timelines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/block.h"
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
  const Actor farah = square_.person("farah");
  square_.publish(jack_, "seen");
  square_.publish(farah, "unseen");
  square_.run(mute(square_.app(), jack_, farah.account, {}));
  const PostPage page = public_timeline(square_.app(), jack_.account, {});
  EXPECT_THAT(page.posts, SizeIs(1));
  EXPECT_THAT(page.covered, SizeIs(2));
}

TEST_F(TimelinesTest, where_a_page_ends_tells_nothing_of_what_is_not_for_its_viewer) {
  const Actor farah = square_.person("farah");
  square_.publish(farah, "@jack we talk");
  const PostId open = square_.publish(jack_, "@farah hello").post->id;
  for (const Visibility visibility : {Visibility::followers, Visibility::mentioned}) {
    square_.publish(jack_, {.text = "@farah canary", .visibility = visibility});
  }
  App& app = square_.app();
  for (const PostPage& page :
       {author_timeline(app, anonymous, jack_.account, {}, {}),
        live_timeline(app, anonymous, jack_.account, {}), live_timeline(app, anonymous, farah.account, {}),
        exchange(app, anonymous, jack_.account, farah.account, {})}) {
    EXPECT_EQ(page.covered.front(), open);
  }
  EXPECT_THAT(exchange(app, farah.account, jack_.account, farah.account, {}).posts, SizeIs(4));
}

}  // namespace
}  // namespace hoopoe::app
