#include "app/home_keeper.h"

#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/edit.h"
#include "app/follow.h"
#include "app/moderate.h"
#include "app/timelines.h"
#include "tests/support/test_square.h"

namespace hoopoe::app {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class HomeKeeperTest : public testing::Test {
 protected:
  HomeKeeperTest() { square_.run(follow(square_.app(), farah_, jack_.account, {})); }

  std::vector<std::string> home_of(const Actor& reader) {
    std::vector<std::string> texts;
    for (const PostView& view : home(square_.app(), reader.account, {}).posts)
      texts.push_back(view.post->text);
    return texts;
  }

  tests::TestSquare square_;
  const Actor jack_ = square_.person("jack");
  const Actor farah_ = square_.person("farah");
};

TEST_F(HomeKeeperTest, what_was_acknowledged_is_on_the_home_that_is_read_next) {
  EXPECT_THAT(home_of(farah_), IsEmpty());
  for (int i = 0; i < 5; ++i) {
    square_.publish(jack_, "post " + std::to_string(i));
    EXPECT_THAT(home_of(farah_), SizeIs(i + 1));
    EXPECT_THAT(home_of(jack_), SizeIs(i + 1));
  }
}

TEST_F(HomeKeeperTest, a_home_follows_whom_its_reader_follows) {
  square_.publish(jack_, "from jack");
  EXPECT_THAT(home_of(farah_), ElementsAre("from jack"));
  square_.run(unfollow(square_.app(), farah_, jack_.account));
  EXPECT_THAT(home_of(farah_), IsEmpty());
  square_.publish(jack_, "again");
  square_.run(follow(square_.app(), farah_, jack_.account, {}));
  EXPECT_THAT(home_of(farah_), ElementsAre("again", "from jack"));
}

TEST_F(HomeKeeperTest, what_is_edited_to_be_for_all_or_is_restored_comes_home) {
  const PostId letter =
      square_.publish(jack_, {.text = "a letter", .visibility = Visibility::mentioned}).post->id;
  EXPECT_THAT(home_of(farah_), IsEmpty());
  square_.run(edit_post(square_.app(), jack_, letter,
                        {.text = "an open letter", .language = "", .visibility = Visibility::everyone}));
  EXPECT_THAT(home_of(farah_), ElementsAre("an open letter"));
  const Moderation act{.by = {}, .reason = "a mistake"};
  square_.db().write_blocking([&](store::Write& write) { take_down_post(write, letter, act); });
  EXPECT_THAT(home_of(farah_), IsEmpty());
  square_.db().write_blocking([&](store::Write& write) { restore_post(write, letter, act); });
  EXPECT_THAT(home_of(farah_), ElementsAre("an open letter"));
}

TEST_F(HomeKeeperTest, more_arrivals_than_one_read_takes_all_come) {
  EXPECT_THAT(home_of(farah_), IsEmpty());
  for (int i = 0; i < 1'200; ++i) square_.publish(jack_, std::to_string(i));
  const PostPage page = home(square_.app(), farah_.account, {.limit = 400});
  ASSERT_THAT(page.posts, SizeIs(400));
  EXPECT_EQ(page.posts.back().post->text, "800");
  EXPECT_THAT(home(square_.app(), farah_.account, {.limit = 1'300}).posts, SizeIs(1'200))
      << "from the tables";
}

TEST_F(HomeKeeperTest, what_was_said_while_nobody_read_is_found_by_who_comes) {
  for (int i = 0; i < 3; ++i) square_.publish(jack_, std::to_string(i));
  EXPECT_THAT(home_of(farah_), ElementsAre("2", "1", "0"));
  square_.publish(jack_, "3");
  EXPECT_THAT(home_of(farah_), ElementsAre("3", "2", "1", "0"));
}

TEST_F(HomeKeeperTest, its_thread_does_the_work_before_anybody_reads) {
  EXPECT_THAT(home_of(farah_), IsEmpty());
  App& app = square_.app();
  app.homes.start();
  square_.publish(jack_, "hello");
  app.homes.wake();
  while (app.homes.caught_up_to() < square_.db().changes().newest()) std::this_thread::yield();
  app.homes.stop();
  EXPECT_THAT(home_of(farah_), ElementsAre("hello"));
}

}  // namespace
}  // namespace hoopoe::app
