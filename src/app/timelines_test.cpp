#include "app/timelines.h"

#include <algorithm>
#include <random>

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
          read.forget();
          const auto expected = tests::naive_home(read, person.account);
          EXPECT_EQ(store::timelines::home(read, person.account, {.limit = 1000}), expected) << seed;
          compared += expected.size();
        });
      }
    }
    EXPECT_GT(compared, 500U);
  }
}

// The part of a list, newest first, that a page covers.
std::vector<PostId> cut(std::vector<PostId> ids, const Page& page) {
  const std::int64_t after = page.min_id > 0 ? page.min_id : page.since_id;
  std::erase_if(ids,
                [&](PostId id) { return id.value <= after || (page.max_id > 0 && id.value >= page.max_id); });
  const auto limit = static_cast<std::size_t>(page.limit);
  if (ids.size() > limit && page.min_id > 0) ids.erase(ids.begin(), ids.end() - page.limit);
  if (ids.size() > limit) ids.resize(limit);
  return ids;
}

TEST(HomeTimeline, what_is_kept_of_it_in_memory_is_what_the_rules_say_of_every_post) {
  std::size_t compared = 0;
  for (unsigned seed = 20; seed < 24; ++seed) {
    tests::TestSquare square;
    tests::RandomHistory history(square, seed);
    std::mt19937 random(seed);
    for (int i = 0; i < 400; ++i) {
      history.step();
      const Actor& person = history.people()[random() % history.people().size()];
      const auto all = square.db().read([&](store::Read& read) {
        read.forget();
        return tests::naive_home(read, person.account);
      });
      const auto some_id = [&] { return all.empty() ? 0 : all[random() % all.size()].value; };
      Page page{.limit = 1 + static_cast<int>(random() % 40)};
      if (random() % 3 == 0) page.max_id = some_id();
      if (random() % 4 == 0) page.since_id = some_id();
      if (random() % 4 == 0) page.min_id = some_id();
      EXPECT_EQ(home(square.app(), person.account, page).covered, cut(all, page)) << seed << " after " << i;
      compared += all.size();
    }
  }
  EXPECT_GT(compared, 10'000U);
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
