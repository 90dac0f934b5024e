#include "app/live.h"

#include <limits>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/expire.h"
#include "app/follow.h"
#include "app/oauth.h"
#include "app/publish.h"
#include "store/outbox.h"
#include "tests/support/live_reader.h"
#include "tests/support/test_square.h"

namespace hoopoe::app {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using tests::LiveReader;

class Live : public testing::Test {
 protected:
  Live() { square_.live().start(); }
  LiveReader reader(EventId after = {}) { return {hub_, tests::everyone_channel(), {}, after}; }
  std::string publish() { return "published " + square_.publish(jack_, "tick").post->id.str(); }
  EventId newest() {
    return square_.db().read([](store::Read& read) { return store::outbox::newest(read); });
  }

  tests::TestSquare square_;
  LiveHub& hub_ = square_.live();
  const Actor jack_ = square_.person("jack");
};

TEST_F(Live, posts_come_in_the_order_of_commit) {
  LiveReader listening = reader();
  tests::settle(hub_);
  std::vector<std::string> published;
  for (int i = 0; i < 50; ++i) published.push_back(publish());
  tests::settle(hub_);
  EXPECT_EQ(listening.take(), published);
}

TEST_F(Live, a_new_reader_hears_nothing_of_what_was_before) {
  for (int i = 0; i < 30; ++i) {
    publish();
    LiveReader listening = reader();
    const std::string fresh = publish();
    tests::settle(hub_);
    EXPECT_THAT(listening.take(), ElementsAre(fresh));
  }
}

TEST_F(Live, a_reader_who_comes_back_misses_nothing_and_hears_nothing_twice) {
  publish();
  const EventId left = newest();
  std::vector<std::string> published;
  std::vector<LiveReader> readers;
  for (int i = 0; i < 60; ++i) {
    published.push_back(publish());
    // Without waiting: some come while the hub is in the middle of it.
    if (i % 4 == 0) readers.push_back(reader(left));
  }
  tests::settle(hub_);
  for (LiveReader& listening : readers) EXPECT_EQ(listening.take(), published);
}

// While nobody listens the hub goes through nothing; then a commit wakes it, and not its poll every 2 s.
TEST_F(Live, after_nobody_listened_what_was_missed_comes_once_and_what_is_new_at_once) {
  publish();
  const EventId left = newest();
  const std::vector<std::string> missed{publish(), publish()};
  LiveReader back = reader(left);
  tests::settle(hub_);
  EXPECT_EQ(back.take(), missed);
  const auto began = std::chrono::steady_clock::now();
  constexpr int count = 5;
  for (int i = 0; i < count; ++i) {
    const std::string fresh = publish();
    std::vector<std::string> heard;
    while (heard.empty() && std::chrono::steady_clock::now() - began < std::chrono::seconds(30)) {
      heard = back.take();
      std::this_thread::yield();
    }
    EXPECT_THAT(heard, ElementsAre(fresh));
  }
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(count)) << "the poll came first";
}

TEST_F(Live, what_was_deleted_while_a_reader_was_away_is_told_and_not_shown) {
  const PostView post = square_.publish(jack_, "gone in a moment");
  const EventId left = newest();
  square_.publish(jack_, "@nobody never seen");
  const PostId unseen = square_.publish(jack_, "unseen").post->id;
  square_.run(delete_post(square_.app(), jack_, unseen));
  square_.run(delete_post(square_.app(), jack_, post.post->id));
  LiveReader listening = reader(left);
  tests::settle(hub_);
  const auto heard = listening.take();
  ASSERT_THAT(heard, SizeIs(3));
  EXPECT_EQ(heard[1], "deleted " + unseen.str());
  EXPECT_EQ(heard[2], "deleted " + post.post->id.str());
}

TEST_F(Live, a_deletion_is_told_wherever_the_post_may_have_been_shown) {
  const PostId open = square_.publish(jack_, "hello").post->id;
  const PostId post = square_.publish(jack_, {.text = "psst", .visibility = Visibility::followers}).post->id;
  LiveReader everyone = reader();
  LiveReader home(hub_, tests::home_channel(jack_.account), jack_);
  LiveReader tag(hub_, {.kind = Channel::Kind::tag, .account = {}, .tag = "spring"});
  tests::settle(hub_);
  square_.run(delete_post(square_.app(), jack_, post));
  tests::settle(hub_);
  EXPECT_THAT(everyone.take(), IsEmpty());
  EXPECT_THAT(tag.take(), IsEmpty());
  EXPECT_THAT(home.take(), ElementsAre("deleted " + post.str()));
  square_.run(delete_post(square_.app(), jack_, open));
  tests::settle(hub_);
  for (LiveReader* listening : {&everyone, &home, &tag}) {
    EXPECT_THAT(listening->take(), ElementsAre("deleted " + open.str()));
  }
}

TEST_F(Live, who_was_away_too_long_is_told_to_load_everything_anew) {
  publish();
  const EventId left = newest();
  publish();
  LiveReader in_time = reader(left);
  tests::settle(hub_);
  EXPECT_THAT(in_time.take(), SizeIs(1));
  square_.clock().advance(std::chrono::hours(25));
  while (square_.db().write_blocking(erase_expired)) {
  }
  LiveReader late = reader(left);
  tests::settle(hub_);
  EXPECT_THAT(late.take(), ElementsAre("reset"));
  const std::string fresh = publish();
  tests::settle(hub_);
  EXPECT_THAT(late.take(), ElementsAre(fresh));
}

TEST_F(Live, who_names_an_event_that_is_yet_to_come_is_told_so_and_hears_what_comes) {
  publish();
  LiveReader listening = reader(EventId{std::numeric_limits<std::int64_t>::max()});
  tests::settle(hub_);
  EXPECT_THAT(listening.take(), ElementsAre("reset"));
  const std::string fresh = publish();
  tests::settle(hub_);
  EXPECT_THAT(listening.take(), ElementsAre(fresh));
}

TEST_F(Live, who_is_further_behind_than_a_queue_holds_is_told_to_load_anew) {
  const tests::PlainEncoder large(3000);
  publish();
  const EventId left = newest();
  for (int i = 0; i < 60; ++i) publish();
  tests::settle(hub_);
  LiveReader late(hub_, tests::everyone_channel(), {}, left, large);
  tests::settle(hub_);
  EXPECT_THAT(late.take(), ElementsAre("reset"));
  EXPECT_FALSE(late.closed());
}

TEST_F(Live, a_slow_reader_is_dropped_and_holds_up_nobody) {
  const tests::PlainEncoder large(100'000);
  LiveReader slow(hub_, tests::everyone_channel(), {}, {}, large);
  LiveReader quick = reader();
  tests::settle(hub_);
  std::vector<std::string> published;
  for (int i = 0; i < 5; ++i) published.push_back(publish());
  tests::settle(hub_);
  EXPECT_TRUE(slow.closed());
  EXPECT_EQ(quick.take(), published);
}

TEST_F(Live, home_hears_notifications_and_the_unsubscribed_nothing) {
  const Actor farah = square_.person("farah");
  LiveReader home(hub_, tests::home_channel(jack_.account), jack_);
  LiveReader left(hub_, tests::home_channel(jack_.account), jack_);
  hub_.unsubscribe(left.stream(), tests::home_channel(jack_.account), &tests::plain_encoder());
  tests::settle(hub_);
  const PostId post = square_.publish(farah, "@jack hello").post->id;
  tests::settle(hub_);
  EXPECT_THAT(home.take(), ElementsAre("notified farah " + post.str()));
  EXPECT_THAT(left.take(), IsEmpty());
}

TEST_F(Live, a_subscription_with_a_token_that_was_revoked_meanwhile_is_closed) {
  const Actor ivory{.client = ClientId{1}, .scopes = jack_.scopes};
  const IssuedToken token = square_.db().write_blocking([&](store::Write& write) {
    return issue_token_for_new_account(write, ivory, jack_.person, jack_.account);
  });
  const Actor actor = *authenticate(square_.app(), token.secret);
  square_.db().write_blocking([&](store::Write& write) { store::oauth::erase_token(write, actor.token); });
  LiveReader listening(hub_, tests::home_channel(jack_.account), actor);
  tests::settle(hub_);
  EXPECT_TRUE(listening.closed());
}

TEST_F(Live, streams_end_when_their_readers_are_asked_for) {
  LiveReader own(hub_, tests::home_channel(jack_.account), jack_);
  LiveReader stranger = reader();
  hub_.close_streams([this](const Actor& actor) { return actor.person == jack_.person; });
  tests::settle(hub_);
  EXPECT_TRUE(own.closed());
  EXPECT_FALSE(stranger.closed());
}

}  // namespace
}  // namespace hoopoe::app
