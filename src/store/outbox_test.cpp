#include "store/outbox.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_store.h"

namespace hoopoe::store::outbox {
namespace {

class Outbox : public testing::Test {
 protected:
  EventId append(EventKind kind, PostId post = {}) {
    return store_.write([&](Write& write) {
      outbox::append(write, kind, jack_, post, 7);
      return newest(write);
    });
  }

  tests::TestStore store_;
  const AccountId jack_ = store_.account("jack");
};

TEST_F(Outbox, events_come_in_the_order_of_commit_after_any_of_them) {
  EXPECT_EQ(store_.read(newest), EventId{});
  const EventId first = append(EventKind::published, PostId{5});
  store_.clock().advance(-std::chrono::hours(1));
  const EventId second = append(EventKind::deleted, PostId{5});
  const auto events = store_.read([](Read& read) { return after(read, {}, 10); });
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0].id, first);
  EXPECT_EQ(events[0].kind, EventKind::published);
  EXPECT_EQ(events[0].account, jack_);
  EXPECT_EQ(events[0].post, PostId{5});
  EXPECT_EQ(events[0].other, 7);
  EXPECT_EQ(events[1].id, second);
  EXPECT_EQ(store_.read([&](Read& read) { return after(read, first, 10); }).size(), 1U);
  EXPECT_EQ(store_.read([&](Read& read) { return after(read, {}, 1); }).front().id, first);
}

TEST_F(Outbox, the_old_go_and_the_newest_stays_to_say_so) {
  append(EventKind::published);
  const EventId last = append(EventKind::published);
  store_.clock().advance(std::chrono::hours(48));
  store_.write([](Write& write) { EXPECT_FALSE(erase_before(write, write.now(), 100)); });
  EXPECT_EQ(store_.read(oldest), last);
  EXPECT_EQ(store_.read(newest), last);
}

}  // namespace
}  // namespace hoopoe::store::outbox
