#include "app/strangers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/edit.h"
#include "app/expire.h"
#include "app/follow.h"
#include "app/publish.h"
#include "app/rules.h"
#include "net/rate_limit.h"
#include "store/accounts.h"
#include "store/held_posts.h"
#include "store/people.h"
#include "tests/support/derived_counts.h"
#include "tests/support/test_square.h"

namespace hoopoe::app {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::HasSubstr;
using tests::refusal_of;

class StrangersTest : public testing::Test {
 protected:
  // A new stranger, and their name in a post.
  std::string name(int number) {
    const std::string handle =
        std::string(1, static_cast<char>('a' + number / 10)) + std::to_string(number % 10);
    square_.db().write_blocking([&](store::Write& write) {
      if (!store::accounts::find_by_handle(write, handle)) store::accounts::insert(write, handle, "");
    });
    return "@" + handle + " ";
  }
  std::string names(int from, int count) {
    std::string text = "hi ";
    for (int i = from; i < from + count; ++i) text += name(i);
    return text;
  }
  std::optional<RefusalKind> says(const Actor& who, const std::string& text, PostId reply_to = {}) {
    return refusal_of([&] { square_.publish(who, text, reply_to); });
  }
  // Fills a count to so many.
  void write_to(const Actor& who, int from, int count) {
    for (int i = from; i < from + count; i += 10) {
      ASSERT_EQ(says(who, names(i, std::min(10, from + count - i))), std::nullopt) << i;
    }
  }

  tests::TestSquare square_;
  App& app_ = square_.app();
  const Actor shouter_ = square_.person("shouter");
  const Actor farah_ = square_.person("farah");
  const Actor office_ = square_.person("office");
};

TEST_F(StrangersTest, thirty_in_an_hour_and_no_more) {
  write_to(shouter_, 0, 29);
  EXPECT_EQ(says(shouter_, names(30, 2)), RefusalKind::too_many) << "not one of two either";
  EXPECT_EQ(says(shouter_, names(30, 1)), std::nullopt);
  EXPECT_EQ(says(shouter_, names(31, 1)), RefusalKind::too_many);
  EXPECT_EQ(says(shouter_, "to nobody in particular"), std::nullopt);
  EXPECT_EQ(says(farah_, names(31, 1)), std::nullopt);
  square_.clock().advance(hours(1) - milliseconds(1));
  EXPECT_EQ(says(shouter_, names(31, 1)), RefusalKind::too_many);
  square_.clock().advance(milliseconds(1));
  EXPECT_EQ(says(shouter_, names(31, 1)), std::nullopt);
}

TEST_F(StrangersTest, a_hundred_in_a_day_and_no_more) {
  for (int i = 0; i < 4; ++i) {
    write_to(shouter_, 25 * i, 25);
    square_.clock().advance(hours(2));
  }
  EXPECT_EQ(says(shouter_, names(100, 1)), RefusalKind::too_many);
  square_.clock().advance(hours(16) - milliseconds(1));
  EXPECT_EQ(says(shouter_, names(100, 1)), RefusalKind::too_many);
  square_.clock().advance(milliseconds(1));
  EXPECT_EQ(says(shouter_, names(100, 25)), std::nullopt);
  EXPECT_EQ(says(shouter_, names(125, 1)), RefusalKind::too_many);
}

TEST_F(StrangersTest, a_refused_post_writes_nothing_and_the_refusal_says_when_and_why) {
  write_to(shouter_, 0, 20);
  square_.clock().advance(minutes(20));
  write_to(shouter_, 20, 10);
  const std::string text = names(30, 1);
  const auto before = tests::everything(square_.db());
  try {
    square_.publish(shouter_, text);
    ADD_FAILURE() << "it is one too many";
  } catch (const net::TooMany& refusal) {
    EXPECT_THAT(refusal.what(), HasSubstr("30 people an hour who neither follow you nor wrote to you first"));
    EXPECT_THAT(refusal.what(), HasSubstr("wait 40 minutes"));
    EXPECT_EQ(refusal.verdict.limit, 30);
    EXPECT_EQ(refusal.verdict.remaining, 0);
    EXPECT_EQ(refusal.verdict.reset, app_.clock.now() + minutes(40));
  }
  EXPECT_EQ(tests::everything(square_.db()), before);
}

TEST_F(StrangersTest, who_follows_or_wrote_first_is_none_nor_is_somebody_for_the_second_time) {
  write_to(shouter_, 0, 30);
  EXPECT_EQ(says(shouter_, "@farah hi"), RefusalKind::too_many);
  EXPECT_EQ(says(shouter_, "again " + names(0, 10)), std::nullopt);
  EXPECT_EQ(says(shouter_, "@shouter to myself"), std::nullopt);
  const PostId post = square_.publish(shouter_, "mine").post->id;
  EXPECT_EQ(says(shouter_, "and more", post), std::nullopt);

  square_.run(follow(app_, farah_, shouter_.account, {}));
  EXPECT_EQ(says(shouter_, "@farah hi"), std::nullopt);
  EXPECT_EQ(says(shouter_, "@office hi"), RefusalKind::too_many);
  square_.publish(office_, {.text = "@shouter psst", .visibility = Visibility::mentioned});
  EXPECT_EQ(says(shouter_, "@office hi"), std::nullopt);
  const Actor critic = square_.person("critic");
  square_.publish(critic, "I don't think so", post);
  EXPECT_EQ(says(shouter_, "@critic why not?"), std::nullopt);
}

TEST_F(StrangersTest, an_answer_to_a_stranger_counts_as_a_mention_does) {
  const PostId post = square_.publish(farah_, "a thought").post->id;
  write_to(shouter_, 0, 29);
  EXPECT_EQ(says(shouter_, "@farah hear me", post), std::nullopt);
  EXPECT_EQ(says(shouter_, "and hear more", post), std::nullopt);
  const PostId other = square_.publish(office_, "another").post->id;
  EXPECT_EQ(says(shouter_, "hear me", other), RefusalKind::too_many);
  const PostId hidden =
      square_.publish(office_, {.text = "for few", .visibility = Visibility::followers}).post->id;
  EXPECT_EQ(says(shouter_, "hear me", hidden), RefusalKind::not_found) << "as if it did not exist";
}

TEST_F(StrangersTest, whom_an_edit_names_is_counted_and_no_deletion_makes_room) {
  write_to(shouter_, 0, 20);
  const PostId post = square_.publish(shouter_, names(20, 10)).post->id;
  const auto before = tests::everything(square_.db());
  EXPECT_EQ(square_.refusal(edit_post(app_, shouter_, post, {.text = "@farah instead"})),
            RefusalKind::too_many);
  EXPECT_EQ(tests::everything(square_.db()), before);
  square_.run(edit_post(app_, shouter_, post, {.text = names(25, 5)}));
  square_.run(edit_post(app_, shouter_, post, {.text = names(20, 10)}));
  square_.run(delete_post(app_, shouter_, post));
  EXPECT_EQ(says(shouter_, "@farah hi"), RefusalKind::too_many);
}

TEST_F(StrangersTest, the_same_wish_a_second_time_is_answered_as_the_first) {
  write_to(shouter_, 0, 29);
  const Draft wish{.text = "@farah hi", .idempotency_key = "wish"};
  const PostId post = square_.publish(shouter_, wish).post->id;
  EXPECT_EQ(square_.publish(shouter_, wish).post->id, post);
}

TEST_F(StrangersTest, who_acts_as_several_accounts_has_one_count) {
  square_.db().write_blocking([&](store::Write& write) {
    store::people::add_member(write, shouter_.person, office_.account, "editor");
  });
  Actor as_office = shouter_;
  as_office.account = office_.account;
  write_to(shouter_, 0, 15);
  write_to(as_office, 15, 15);
  EXPECT_EQ(says(as_office, "@farah hi"), RefusalKind::too_many);
  EXPECT_EQ(says(shouter_, "@farah hi"), RefusalKind::too_many);
  EXPECT_EQ(says(office_, "@farah hi"), std::nullopt) << "a colleague";
}

TEST_F(StrangersTest, what_a_moderator_releases_is_not_held_up_again) {
  const Actor keeper = square_.person("keeper", Role::moderator);
  const Moderation act{.by = keeper.person, .reason = "fine"};
  square_.db().write_blocking(
      [&](store::Write& write) { add_rule(write, {.act = RuleAct::hold, .words = {"tea"}}, act); });
  EXPECT_EQ(says(shouter_, "@farah tea?"), RefusalKind::held);
  write_to(shouter_, 0, 30);
  square_.db().write_blocking([&](store::Write& write) {
    const auto held = store::held_posts::of_author(write, shouter_.account);
    release_post(app_, write, held.front().id, act);
  });
}

TEST_F(StrangersTest, nothing_is_counted_where_limits_are_off_and_nothing_kept_after_a_day) {
  square_.settings().rate_limits_enabled = false;
  write_to(shouter_, 0, 31);
  square_.settings().rate_limits_enabled = true;
  write_to(shouter_, 0, 30);
  const auto rows = [&] {
    square_.db().write_blocking([](store::Write& write) { erase_expired(write); });
    return square_.db().read(
        [](store::Read& read) { return read.value<int>("select count(*) from approaches"); });
  };
  square_.clock().advance(approach_kept - milliseconds(1));
  EXPECT_EQ(rows(), 30);
  square_.clock().advance(milliseconds(1));
  EXPECT_EQ(rows(), 0);
}

TEST_F(StrangersTest, what_would_never_fit_is_not_told_to_wait) {
  EXPECT_EQ(says(shouter_, names(0, 31)), RefusalKind::invalid);
  EXPECT_EQ(says(shouter_, names(0, 30)), std::nullopt);
}

// Else the limit would tell of what one may not read.
TEST_F(StrangersTest, who_answered_where_one_does_not_read_it_is_a_stranger_still) {
  const PostId post = square_.publish(shouter_, "mine").post->id;
  write_to(shouter_, 0, 30);
  square_.publish(farah_,
                  Draft{.text = "so they say", .visibility = Visibility::followers, .reply_to = post});
  EXPECT_EQ(says(shouter_, "@farah hi"), RefusalKind::too_many);
  square_.publish(farah_,
                  Draft{.text = "@shouter yes?", .visibility = Visibility::mentioned, .reply_to = post});
  EXPECT_EQ(says(shouter_, "@farah hi"), std::nullopt);
}

}  // namespace
}  // namespace hoopoe::app
