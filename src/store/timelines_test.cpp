#include "store/timelines.h"

#include <map>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/favourites.h"
#include "store/follows.h"
#include "store/notifications.h"
#include "tests/oracle/naive_page.h"
#include "tests/support/test_store.h"

namespace hoopoe::store::timelines {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class Timelines : public testing::Test {
 protected:
  std::vector<PostId> home_of(AccountId account) {
    return store_.read([&](Read& read) { return home(read, account, {}); });
  }
  PostId say(AccountId author, Visibility visibility = Visibility::everyone) {
    return store_.publish({.author = author, .visibility = visibility, .text = "words"});
  }
  PostId reply(AccountId author, PostId to, AccountId to_author) {
    return store_.publish({.author = author, .reply_to = to, .reply_to_author = to_author, .text = "words"});
  }
  void follow(AccountId follower, AccountId target, bool reposts = true) {
    store_.write([&](Write& write) { follows::insert(write, follower, target, {.reposts_shown = reposts}); });
  }

  tests::TestStore store_;
  const AccountId jack_ = store_.account("jack");
  const AccountId farah_ = store_.account("farah");
  const AccountId sara_ = store_.account("sara");
};

TEST_F(Timelines, home_holds_ones_own_posts_and_those_of_the_followed_alone) {
  follow(farah_, jack_);
  const PostId own = say(farah_);
  const PostId followed = say(jack_, Visibility::followers);
  say(sara_);
  EXPECT_THAT(home_of(farah_), ElementsAre(followed, own));
  EXPECT_THAT(home_of(jack_), ElementsAre(followed));
}

TEST_F(Timelines, home_leaves_out_replies_to_people_one_does_not_follow) {
  follow(farah_, jack_);
  const PostId question = say(sara_);
  reply(jack_, question, sara_);
  const PostId own_thread = reply(jack_, reply(jack_, question, sara_), jack_);
  const PostId mine = say(farah_);
  const PostId to_me = reply(jack_, mine, farah_);
  const PostId from_me = reply(farah_, question, sara_);
  EXPECT_THAT(home_of(farah_), ElementsAre(from_me, to_me, mine, own_thread));
  follow(farah_, sara_);
  EXPECT_EQ(home_of(farah_).size(), 7U);
}

TEST_F(Timelines, home_shows_reposts_unless_they_are_switched_off) {
  follow(farah_, jack_);
  const PostId repost = store_.publish({.author = jack_, .repost_of = say(sara_)});
  EXPECT_THAT(home_of(farah_), ElementsAre(repost));
  follow(farah_, jack_, false);
  EXPECT_THAT(home_of(farah_), IsEmpty());
  EXPECT_THAT(home_of(jack_), ElementsAre(repost));
}

TEST_F(Timelines, home_leaves_out_posts_to_the_mentioned_but_ones_own_and_all_of_the_hidden) {
  follow(farah_, jack_);
  follow(farah_, sara_);
  say(jack_, Visibility::mentioned);
  const PostId own = say(farah_, Visibility::mentioned);
  say(jack_);
  say(sara_);
  store_.write([&](Write& write) {
    accounts::set_suspended(write, jack_, write.now());
    accounts::erase(write, sara_);
  });
  EXPECT_THAT(home_of(farah_), ElementsAre(own));
}

TEST_F(Timelines, the_public_timeline_and_tags_hold_what_is_for_everyone) {
  const PostId open = store_.publish({.author = jack_, .text = "#spring"}, {}, {"spring"});
  store_.publish({.author = jack_, .visibility = Visibility::unlisted, .text = "#spring"}, {}, {"spring"});
  store_.publish({.author = jack_, .repost_of = open});
  const PostId answer = store_.publish(
      {.author = sara_, .reply_to = open, .reply_to_author = jack_, .text = "#spring"}, {}, {"spring"});
  const PostId thread = reply(jack_, open, jack_);
  EXPECT_THAT(store_.read([](Read& read) { return everyone(read, {}); }), ElementsAre(thread, answer, open));
  EXPECT_THAT(store_.read([](Read& read) { return tagged(read, "spring", {}); }), ElementsAre(answer, open));
  store_.write([&](Write& write) { accounts::set_suspended(write, jack_, write.now()); });
  EXPECT_THAT(store_.read([](Read& read) { return everyone(read, {}); }), ElementsAre(answer));
  EXPECT_THAT(store_.read([](Read& read) { return tagged(read, "spring", {}); }), ElementsAre(answer));
}

TEST_F(Timelines, an_exchange_is_what_two_said_to_each_other) {
  const PostId asked = store_.publish({.author = jack_, .text = "@farah"}, {farah_});
  const PostId answered = reply(farah_, asked, jack_);
  store_.publish({.author = sara_, .text = "@farah @jack"}, {farah_, jack_});
  say(jack_);
  const auto said = [&](AccountId one, AccountId other) {
    return store_.read([&](Read& read) { return exchange(read, one, one, other, {}); });
  };
  EXPECT_THAT(said(jack_, farah_), ElementsAre(answered, asked));
  EXPECT_THAT(said(farah_, jack_), ElementsAre(answered, asked));
}

TEST_F(Timelines, a_live_page_shows_both_sides_and_not_whoever_shouts) {
  const PostId asked = store_.publish({.author = jack_, .text = "@farah"}, {farah_});
  const PostId answered = reply(farah_, asked, jack_);
  store_.publish({.author = sara_, .text = "@jack look at me"}, {jack_});
  const auto of_jack = [&] { return store_.read([&](Read& read) { return live(read, jack_, jack_, {}); }); };
  EXPECT_THAT(of_jack(), ElementsAre(answered, asked));
  store_.write([&](Write& write) { accounts::set_suspended(write, farah_, write.now()); });
  EXPECT_THAT(of_jack(), ElementsAre(asked));
}

TEST_F(Timelines, a_live_page_does_not_tell_whom_one_speaks_to_in_private) {
  const auto shown = [&] {
    return store_.read([&](Read& read) { return live(read, jack_, jack_, {}); }).size();
  };
  const auto addressed = [&] {
    return store_.read([&](Read& read) { return posts::has_addressed(read, jack_, sara_); });
  };
  store_.publish({.author = jack_, .visibility = Visibility::mentioned, .text = "@sara psst"}, {sara_});
  store_.publish({.author = sara_, .text = "@jack hello"}, {jack_});
  EXPECT_EQ(shown(), 1U);
  EXPECT_FALSE(addressed());
  store_.publish({.author = jack_, .text = "@sara hello"}, {sara_});
  EXPECT_EQ(shown(), 3U);
  EXPECT_TRUE(addressed());
}

TEST_F(Timelines, an_authors_list_may_leave_out_replies_and_reposts) {
  const PostId post = say(jack_);
  const PostId thread = reply(jack_, post, jack_);
  const PostId answer = reply(jack_, say(sara_), sara_);
  const PostId repost = store_.publish({.author = jack_, .repost_of = say(sara_)});
  const auto list = [&](Replies replies, Reposts reposts) {
    return store_.read([&](Read& read) { return of_author(read, jack_, jack_, replies, reposts, {}); });
  };
  EXPECT_THAT(list(Replies::shown, Reposts::shown), ElementsAre(repost, answer, thread, post));
  EXPECT_THAT(list(Replies::hidden, Reposts::hidden), ElementsAre(thread, post));
}

TEST_F(Timelines, home_readers_are_those_in_whose_home_the_post_is) {
  follow(farah_, jack_);
  const auto readers = [&](PostId id) {
    return store_.read(
        [&](Read& read) { return home_readers(read, *posts::find(read, id), {jack_, farah_, sara_}); });
  };
  EXPECT_THAT(readers(say(jack_)), UnorderedElementsAre(jack_, farah_));
  EXPECT_THAT(readers(say(jack_, Visibility::mentioned)), ElementsAre(jack_));
}

// Every list that has pages, compared with the plain meaning of a page at random places and at its edges.
class Pages : public testing::Test {
 protected:
  Pages() {
    std::vector<AccountId> people{jack_};
    for (const char* handle : {"farah", "sara", "reza", "mina", "omid"})
      people.push_back(store_.account(handle));
    const PostId loved = store_.publish({.author = jack_, .text = "loved"});
    for (int i = 0; i < 60; ++i) {
      const AccountId author = people[static_cast<std::size_t>(i) % people.size()];
      store_.publish({.author = author, .text = "@jack #spring"}, {jack_, people[1]}, {"spring"});
      if (i % 3 == 0) store_.publish({.author = jack_, .text = "@all"}, people);
    }
    store_.write([&](Write& write) {
      for (const AccountId person : people) {
        if (person == jack_) continue;
        follows::insert(write, person, jack_, {});
        follows::insert(write, jack_, person, {});
        follows::insert_request(write, person, jack_, {});
        favourites::insert(write, person, loved);
        for (const auto kind : {NotificationKind::follow, NotificationKind::mention}) {
          notifications::tell(write, jack_, kind, person, {});
        }
        posts::insert(
            write,
            {.post = {.author = person, .repost_of = loved}, .person = {}, .mentions = {}, .tags = {}});
      }
    });
    const AccountId farah = people[1];
    const auto add = [this](const char* name, auto list) {
      lists_[name] = [list](Read& read, const Page& page) {
        std::vector<std::int64_t> ids;
        for (const auto& entry : list(read, page)) {
          if constexpr (requires { entry.value; }) {
            ids.push_back(entry.value);
          } else if constexpr (requires { entry.id.value; }) {
            ids.push_back(entry.id.value);
          } else {
            ids.push_back(entry.id);
          }
        }
        return ids;
      };
    };
    const AccountId jack = jack_;
    add("home", [jack](Read& read, const Page& page) { return home(read, jack, page); });
    add("everyone", [](Read& read, const Page& page) { return everyone(read, page); });
    add("tagged", [](Read& read, const Page& page) { return tagged(read, "spring", page); });
    add("author", [jack](Read& read, const Page& page) {
      return of_author(read, jack, jack, Replies::shown, Reposts::shown, page);
    });
    add("exchange", [=](Read& read, const Page& page) { return exchange(read, jack, jack, farah, page); });
    add("live", [jack](Read& read, const Page& page) { return live(read, jack, jack, page); });
    add("followers", [jack](Read& read, const Page& page) { return follows::followers(read, jack, page); });
    add("following", [jack](Read& read, const Page& page) { return follows::following(read, jack, page); });
    add("requests", [jack](Read& read, const Page& page) { return follows::requests(read, jack, page); });
    add("favourites", [=](Read& read, const Page& page) { return favourites::of_post(read, loved, page); });
    add("reposts", [=](Read& read, const Page& page) { return favourites::reposters_of(read, loved, page); });
    add("notifications",
        [jack](Read& read, const Page& page) { return notifications::list(read, jack, {}, page); });
  }

  tests::TestStore store_;
  const AccountId jack_ = store_.account("jack");
  std::map<std::string, std::function<std::vector<std::int64_t>(Read&, const Page&)>> lists_;
};

TEST_F(Pages, every_list_gives_exactly_the_page_that_was_asked_for) {
  std::mt19937 random(2013);
  for (const auto& entry : lists_) {
    const std::string& name = entry.first;
    const auto& list = entry.second;
    store_.read([&](Read& read) {
      const std::vector<std::int64_t> all = list(read, {.limit = 1000});
      ASSERT_GE(all.size(), 5U) << name;
      const auto edge = [&]() -> std::int64_t {
        if (random() % 3 == 0) return 0;
        return all[random() % all.size()] + static_cast<std::int64_t>(random() % 3) - 1;
      };
      for (int i = 0; i < 200; ++i) {
        const Page page{.max_id = edge(),
                        .since_id = edge(),
                        .min_id = edge(),
                        .limit = static_cast<int>(random() % 8) + 1};
        ASSERT_EQ(list(read, page), tests::naive_page(all, page))
            << name << " max " << page.max_id << " since " << page.since_id << " min " << page.min_id;
      }
    });
  }
}

TEST_F(Pages, walking_down_or_up_meets_every_entry_once) {
  for (const auto& entry : lists_) {
    const std::string& name = entry.first;
    const auto& list = entry.second;
    store_.read([&](Read& read) {
      const std::vector<std::int64_t> all = list(read, {.limit = 1000});
      std::vector<std::int64_t> down;
      while (true) {
        const auto page = list(read, {.max_id = down.empty() ? 0 : down.back(), .limit = 3});
        if (page.empty()) break;
        down.insert(down.end(), page.begin(), page.end());
      }
      EXPECT_EQ(down, all) << name;
      std::vector<std::int64_t> up;
      while (true) {
        const auto page = list(read, {.min_id = up.empty() ? 1 : up.front(), .limit = 4});
        if (page.empty()) break;
        up.insert(up.begin(), page.begin(), page.end());
      }
      EXPECT_EQ(up, all) << name;
    });
  }
}

}  // namespace
}  // namespace hoopoe::store::timelines
