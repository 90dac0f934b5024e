#include "app/accounts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/conversation.h"
#include "app/follow.h"
#include "app/live.h"
#include "app/notifications.h"
#include "app/oauth.h"
#include "app/publish.h"
#include "app/react.h"
#include "app/sign_in.h"
#include "app/timelines.h"
#include "store/people.h"
#include "store/posts.h"
#include "tests/support/live_reader.h"
#include "tests/support/test_square.h"

namespace hoopoe::app {
namespace {

using testing::IsEmpty;
using testing::SizeIs;
using tests::refusal_of;

class AccountsTest : public testing::Test {
 protected:
  void suspend_account(AccountId id) {
    square_.db().write_blocking([&](store::Write& write) { suspend(write, id); });
  }
  std::string browser_of(std::string_view handle) {
    return square_.run(
        sign_in(app_, {.login = std::string(handle), .password = std::string(tests::TestSquare::password)}));
  }
  // Everything that could still show an account to others. The viewer has written one post of their own.
  void expect_hidden(const Actor& gone, const Actor& viewer, PostId its_post, PostId liked_by_it) {
    for (const Viewer reader : {anonymous, viewer.account}) {
      EXPECT_THAT(public_timeline(app_, reader, {}).posts, SizeIs(1));
      EXPECT_THAT(tag_timeline(app_, reader, "spring", {}).posts, IsEmpty());
      EXPECT_THAT(favourited_by(app_, reader, liked_by_it, {}).accounts, IsEmpty());
      EXPECT_THAT(reposted_by(app_, reader, liked_by_it, {}).accounts, IsEmpty());
      EXPECT_TRUE(
          refusal_of([&] { square_.db().read([&](auto& read) { view_post(read, reader, its_post); }); }));
      for (const ConversationEntry& entry : conversation(app_, reader, liked_by_it).descendants) {
        EXPECT_FALSE(entry.view.has_value());
      }
      EXPECT_THAT(live_timeline(app_, reader, viewer.account, {}).posts, SizeIs(1));
      EXPECT_EQ(refusal_of([&] { exchange(app_, reader, viewer.account, gone.account, {}); }),
                RefusalKind::not_found);
    }
    EXPECT_THAT(home(app_, viewer.account, {}).posts, SizeIs(1));
    EXPECT_THAT(notifications(app_, viewer.account, {}, {}).notifications, IsEmpty());
    EXPECT_THAT(followers(app_, anonymous, viewer.account, {}).accounts, IsEmpty());
    EXPECT_THAT(following(app_, anonymous, viewer.account, {}).accounts, IsEmpty());
    EXPECT_FALSE(relations(app_, viewer.account, {gone.account}).front().second.following);
    EXPECT_THAT(search_accounts(app_, anonymous, "sara", 10), IsEmpty());
    EXPECT_FALSE(find_account_by_address(app_, "sara").has_value());
    EXPECT_EQ(refusal_of([&] { account_by_id(app_, gone.account); }), RefusalKind::not_found);
    EXPECT_EQ(square_.refusal(follow(app_, viewer, gone.account, {})), RefusalKind::not_found);
    EXPECT_EQ(refusal_of([&] { author_timeline(app_, viewer.account, gone.account, {}, {}); }),
              RefusalKind::not_found);
    EXPECT_TRUE(square_.publish(viewer, "ping @sara").post->mentions.empty());
  }
  // sara, in everything that jack sees.
  void mingle() {
    post_ = square_.publish(jack_, "@sara hello").post->id;
    answer_ = square_.publish(sara_, "@jack hello #spring", post_).post->id;
    square_.publish(sara_, "also #spring");
    square_.run(favourite(app_, sara_, post_));
    square_.run(repost(app_, sara_, post_, Visibility::everyone));
    square_.run(follow(app_, sara_, jack_.account, {}));
    square_.run(follow(app_, jack_, sara_.account, {}));
  }

  tests::TestSquare square_;
  App& app_ = square_.app();
  const Actor jack_ = square_.person("jack");
  const Actor sara_ = square_.person("sara");
  PostId post_;
  PostId answer_;
};

TEST_F(AccountsTest, an_account_is_found_by_its_address_here_and_nowhere_else) {
  for (const char* address : {"jack", "@JACK", "jack@square.test", "acct:jack@SQUARE.test"}) {
    EXPECT_EQ(account_by_address(app_, address).id, jack_.account) << address;
  }
  EXPECT_EQ(refusal_of([&] { account_by_address(app_, "jack@elsewhere.test"); }), RefusalKind::not_found);
  EXPECT_EQ(search_accounts(app_, anonymous, "@JA", 5).size(), 1U);
}

TEST_F(AccountsTest, a_profile_changes_in_the_parts_that_are_given) {
  square_.run(update_profile(app_, jack_, {.bio = "an inventor", .fields = {{{"tea", "yes"}}}}));
  const Account changed =
      square_.run(update_profile(app_, jack_, {.display_name = "Jack\u202E", .locked = true}));
  EXPECT_EQ(changed.display_name, "Jack");
  EXPECT_EQ(changed.bio, "an inventor");
  EXPECT_TRUE(changed.locked);
  EXPECT_EQ(account_by_id(app_, jack_.account).fields.size(), 1U);
}

TEST_F(AccountsTest, a_profile_is_refused_where_it_is_too_long_or_no_text) {
  const auto refused = [&](const ProfileChange& change) {
    return square_.refusal(update_profile(app_, jack_, change));
  };
  EXPECT_EQ(refused({.display_name = std::string(31, 'x')}), RefusalKind::invalid);
  EXPECT_EQ(refused({.display_name = "\xff"}), RefusalKind::invalid);
  EXPECT_EQ(refused({.bio = std::string(501, 'x')}), RefusalKind::invalid);
  EXPECT_EQ(refused({.fields = std::vector<ProfileField>(5)}), RefusalKind::invalid);
  EXPECT_EQ(refused({.fields = {{{std::string(256, 'x'), ""}}}}), RefusalKind::invalid);
  EXPECT_EQ(refused({.display_name = std::string(30, 'x')}), std::nullopt);
}

TEST_F(AccountsTest, the_suspended_are_gone_from_every_list_and_answer_and_come_back) {
  mingle();
  suspend_account(sara_.account);
  expect_hidden(sara_, jack_, answer_, post_);
  square_.db().write_blocking([&](store::Write& write) { unsuspend(write, sara_.account); });
  EXPECT_EQ(followers(app_, anonymous, jack_.account, {}).accounts.size(), 1U);
  EXPECT_EQ(tag_timeline(app_, anonymous, "spring", {}).posts.size(), 2U);
}

TEST_F(AccountsTest, the_deleted_are_gone_from_every_list_and_answer_even_before_their_posts_are_erased) {
  mingle();
  for (int i = 0; i < 150; ++i) square_.publish(sara_, "on and on #spring");
  EXPECT_TRUE(
      square_.db().write_blocking([&](store::Write& write) { return erase_account(write, sara_.account); }));
  expect_hidden(sara_, jack_, answer_, post_);
}

TEST_F(AccountsTest, a_suspension_signs_out_everyone_of_this_account_and_ends_their_streams) {
  const Actor reza = square_.person("reza");
  square_.db().write_blocking(
      [&](store::Write& write) { store::people::add_member(write, reza.person, jack_.account, "editor"); });
  const std::string as_jack = browser_of("jack");
  const std::string as_reza = browser_of("reza");
  square_.live().start();
  tests::LiveReader own(square_.live(), tests::home_channel(jack_.account), jack_);
  tests::LiveReader others(square_.live(), tests::home_channel(reza.account), reza);
  tests::LiveReader stranger(square_.live(), tests::everyone_channel());
  tests::settle(square_.live());
  suspend_account(jack_.account);
  tests::settle(square_.live());
  EXPECT_FALSE(find_session(app_, as_jack).has_value());
  EXPECT_TRUE(find_session(app_, as_reza).has_value());
  EXPECT_TRUE(own.closed());
  EXPECT_FALSE(others.closed());
  EXPECT_FALSE(stranger.closed());
}

TEST_F(AccountsTest, a_language_is_a_short_code) {
  EXPECT_EQ(square_.refusal(update_profile(app_, jack_, {.default_language = std::string(36, 'x')})),
            RefusalKind::invalid);
  EXPECT_EQ(square_.run(update_profile(app_, jack_, {.default_language = "fa"})).default_language, "fa");
}

TEST_F(AccountsTest, a_deletion_ends_the_streams_of_the_account_and_of_its_page) {
  square_.live().start();
  tests::LiveReader own(square_.live(), tests::home_channel(sara_.account), sara_);
  tests::LiveReader page(square_.live(),
                         {.kind = Channel::Kind::account, .account = sara_.account, .tag = {}});
  tests::LiveReader others(square_.live(), tests::home_channel(jack_.account), jack_);
  tests::settle(square_.live());
  square_.db().write_blocking([&](store::Write& write) { erase_account(write, sara_.account); });
  tests::settle(square_.live());
  EXPECT_TRUE(own.closed());
  EXPECT_TRUE(page.closed());
  EXPECT_FALSE(others.closed());
}

TEST_F(AccountsTest, an_erasure_that_a_crash_cut_short_is_finished_at_the_next_start) {
  const TemporaryDirectory directory;
  AccountId gone;
  {
    tests::TestSquare first({.directory = directory.path()});
    const Actor mina = first.person("mina");
    gone = mina.account;
    for (int i = 0; i < 50; ++i) first.publish(mina, "never to be read again");
    EXPECT_TRUE(first.db().write_blocking([&](store::Write& write) { return erase_account(write, gone); }));
  }
  tests::TestSquare second({.directory = directory.path()});
  const auto left = [&] {
    return second.db().read(
        [&](store::Read& read) { return store::posts::of_author(read, gone, {}, 1000).size(); });
  };
  EXPECT_EQ(left(), 30U);
  while (second.db().write_blocking(finish_account_erasures)) {
  }
  EXPECT_EQ(left(), 0U);
  EXPECT_EQ(second.db().read([&](store::Read& read) {
    return read.value<std::int64_t>(
        "select (select count(*) from revisions) + (select count(*) from erasures)");
  }),
            0);
}

TEST_F(AccountsTest, of_a_deleted_account_only_its_handle_and_its_tombstones_are_left) {
  mingle();
  square_.db().write_blocking([&](store::Write& write) { erase_account(write, sara_.account); });
  const auto count = [&](std::string_view sql) {
    return square_.db().read(
        [&](store::Read& read) { return read.value<std::int64_t>(store::Sql::built(sql), sara_.account); });
  };
  EXPECT_EQ(count("select count(*) from posts where author_id = $1 and deleted is null"), 0);
  EXPECT_EQ(count("select count(*) from follows where follower_id = $1 or target_id = $1"), 0);
  EXPECT_EQ(count("select count(*) from favourites where account_id = $1"), 0);
  EXPECT_EQ(count("select count(*) from notifications where account_id = $1"), 0);
  EXPECT_EQ(count("select count(*) from account_members where account_id = $1"), 0);
  EXPECT_EQ(count("select count(*) from people where email_key = 'sara@example.org' and $1 > 0"), 0);
  EXPECT_EQ(account_by_id(app_, jack_.account).counts.followers, 0);
}

}  // namespace
}  // namespace hoopoe::app
