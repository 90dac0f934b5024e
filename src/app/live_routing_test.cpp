#include "app/live_routing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/accounts.h"
#include "app/timelines.h"
#include "store/timelines.h"
#include "tests/support/live_reader.h"
#include "tests/support/random_history.h"
#include "tests/support/test_square.h"

namespace hoopoe::app {
namespace {

using tests::LiveReader;
using tests::refusal_of;

// Every stream hears of a post exactly when the list that it belongs to shows it.
TEST(LiveRouting, through_any_history_streams_say_what_lists_show) {
  for (unsigned seed = 20; seed < 23; ++seed) {
    tests::TestSquare square;
    square.live().start();
    tests::RandomHistory history(square, seed);
    LiveReader everyone(square.live(), tests::everyone_channel());
    LiveReader tag(square.live(), {.kind = Channel::Kind::tag, .account = {}, .tag = "spring"});
    const auto at_home = [&](const Actor& person) {
      return LiveReader(square.live(), tests::home_channel(person.account), person);
    };
    const auto at_page = [&](const Actor& person) {
      return LiveReader(square.live(),
                        {.kind = Channel::Kind::account, .account = person.account, .tag = {}});
    };
    std::vector<LiveReader> homes;
    std::vector<LiveReader> pages;
    for (const Actor& person : history.people()) {
      homes.push_back(at_home(person));
      pages.push_back(at_page(person));
    }
    int heard = 0;
    for (int i = 0; i < 200; ++i) {
      const PostId made = history.step();
      tests::settle(square.live());
      const auto hears = [&](LiveReader& reader) {
        const auto texts = reader.take();
        return std::ranges::find(texts, "published " + made.str()) != texts.end();
      };
      const auto shows = [&](const PostPage& page) {
        return std::ranges::any_of(page.posts, [&](const PostView& view) { return view.post.id == made; });
      };
      const Page newest{.limit = 3};
      const auto expect = [&](LiveReader& reader, const PostPage& page, const char* list) {
        const bool does = hears(reader);
        heard += does ? 1 : 0;
        EXPECT_EQ(does, made && shows(page)) << list << " seed " << seed << " step " << i;
      };
      expect(everyone, public_timeline(square.app(), anonymous, newest), "everyone");
      expect(tag, tag_timeline(square.app(), anonymous, "spring", newest), "tag");
      for (std::size_t person = 0; person < homes.size(); ++person) {
        const Actor& actor = history.people()[person];
        // A suspension ends the streams; while it lasts, nobody is given a new one.
        if (homes[person].closed()) {
          homes[person] = at_home(actor);
          pages[person] = at_page(actor);
        }
        if (refusal_of([&] { account_by_id(square.app(), actor.account); })) continue;
        expect(homes[person], home(square.app(), actor.account, newest), "home");
        expect(pages[person], live_timeline(square.app(), anonymous, actor.account, newest), "account");
      }
    }
    EXPECT_GT(heard, 200);
  }
}

TEST(LiveRouting, what_is_no_longer_there_is_no_event) {
  tests::TestSquare square;
  const Actor jack = square.person("jack");
  const PostId post = square.publish(jack, "here").post.id;
  square.run(delete_post(square.app(), jack, post));
  square.db().read([&](store::Read& read) {
    EXPECT_FALSE(load_event(read, {.kind = EventKind::published, .account = jack.account, .post = post}));
    EXPECT_FALSE(load_event(read, {.kind = EventKind::notified, .account = jack.account, .other = 5}));
    EXPECT_TRUE(load_event(read, {.kind = EventKind::deleted, .account = jack.account, .post = post}));
  });
}

}  // namespace
}  // namespace hoopoe::app
