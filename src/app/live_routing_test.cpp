#include "app/live_routing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/accounts.h"
#include "app/edit.h"
#include "app/publish.h"
#include "app/react.h"
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
        return std::ranges::any_of(page.posts, [&](const PostView& view) { return view.post->id == made; });
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
    EXPECT_GT(heard, 150);
  }
}

// Reposts of what was edited to be for few: whoever hears of the repost may not be among them.
TEST(LiveRouting, a_repost_tells_nobody_what_is_no_longer_for_them) {
  tests::TestSquare square;
  const Actor bob = square.person("bob");
  const Actor carol = square.person("carol");
  const Actor mina = square.person("mina");
  const auto loads = [&](const Actor& by, PostId repost) {
    return square.db()
        .read([&](store::Read& read) {
          return load_event(read, {.kind = EventKind::published, .account = by.account, .post = repost});
        })
        .has_value();
  };
  const PostId post = square.publish(bob, {.text = "for all"}).post->id;
  const PostId by_carol = square.run(repost(square.app(), carol, post, Visibility::everyone)).post->id;
  const PostId by_mina = square.run(repost(square.app(), mina, post, Visibility::followers)).post->id;
  const PostId by_bob = square.run(repost(square.app(), bob, post, Visibility::everyone)).post->id;
  for (const auto& [by, made] : {std::pair(carol, by_carol), {mina, by_mina}, {bob, by_bob}}) {
    EXPECT_TRUE(loads(by, made));
  }
  for (const Visibility visibility : {Visibility::followers, Visibility::mentioned}) {
    square.run(edit_post(square.app(), bob, post, {.text = "@carol and @mina", .visibility = visibility}));
    for (const auto& [by, made] : {std::pair(carol, by_carol), {mina, by_mina}, {bob, by_bob}}) {
      EXPECT_FALSE(loads(by, made)) << "though they may read it";
    }
  }
  const PostId own = square.publish(bob, {.text = "for mine", .visibility = Visibility::followers}).post->id;
  const PostId again = square.run(repost(square.app(), bob, own, Visibility::everyone)).post->id;
  EXPECT_TRUE(loads(bob, again)) << "the same followers";
}

TEST(LiveRouting, what_is_no_longer_there_is_no_event) {
  tests::TestSquare square;
  const Actor jack = square.person("jack");
  const PostId post = square.publish(jack, "here").post->id;
  square.run(delete_post(square.app(), jack, post));
  square.db().read([&](store::Read& read) {
    EXPECT_FALSE(load_event(read, {.kind = EventKind::published, .account = jack.account, .post = post}));
    EXPECT_FALSE(load_event(read, {.kind = EventKind::notified, .account = jack.account, .other = 5}));
    EXPECT_TRUE(load_event(read, {.kind = EventKind::deleted, .account = jack.account, .post = post}));
  });
}

}  // namespace
}  // namespace hoopoe::app
