#include "app/moderate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/accounts.h"
#include "app/conversation.h"
#include "app/edit.h"
#include "app/keep.h"
#include "app/notifications.h"
#include "app/publish.h"
#include "app/react.h"
#include "app/sign_up.h"
#include "app/timelines.h"
#include "store/audit.h"
#include "store/email_blocks.h"
#include "store/people.h"
#include "store/takedowns.h"
#include "tests/support/live_reader.h"
#include "tests/support/test_square.h"

namespace hoopoe::app {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using tests::refusal_of;

class ModerateTest : public testing::Test {
 protected:
  template <class Act, class Target>
  std::optional<RefusalKind> refusal(Act act, const Target& target) {
    return refusal_of([&] { moderate(act, target); });
  }
  template <class Act, class Target>
  void moderate(Act act, const Target& target) {
    square_.db().write_blocking([&](store::Write& write) {
      act(write, target, Moderation{.by = moderator_.person, .reason = "spam"});
    });
  }
  std::vector<std::string> audit() {
    std::vector<std::string> acts;
    const auto entries = square_.db().read([](store::Read& read) { return store::audit::list(read, {}); });
    for (const auto& entry : entries) {
      EXPECT_EQ(entry.person, moderator_.person);
      acts.push_back(entry.act + " " + entry.words);
    }
    return acts;
  }
  std::vector<std::string> words(const PostPage& page) {
    std::vector<std::string> all;
    for (const PostView& view : page.posts) all.push_back(view.shown().post->text);
    return all;
  }
  std::optional<RefusalKind> reading(Viewer viewer, PostId id) {
    return refusal_of(
        [&] { square_.db().read([&](store::Read& read) { return view_post(read, viewer, id); }); });
  }

  tests::TestSquare square_;
  App& app_ = square_.app();
  const Actor moderator_ = square_.person("moderator", Role::moderator);
  const Actor jack_ = square_.person("jack");
  const Actor farah_ = square_.person("farah");
};

TEST_F(ModerateTest, what_is_taken_down_is_gone_for_all_and_comes_back_whole) {
  const PostId root = square_.publish(farah_, "good evening").post->id;
  const PostId post = square_.publish(jack_, "@farah buy this #tea", root).post->id;
  const PostId below = square_.publish(farah_, "@jack no", post).post->id;
  square_.run(favourite(app_, farah_, post));
  square_.run(repost(app_, moderator_, post, Visibility::everyone));
  square_.live().start();
  tests::LiveReader everyone(square_.live(), {.kind = Channel::Kind::everyone, .account = {}, .tag = {}});
  tests::settle(square_.live());

  moderate(take_down_post, post);
  tests::settle(square_.live());
  EXPECT_THAT(everyone.take(), testing::Contains("deleted " + post.str()));
  for (const Viewer viewer : {anonymous, jack_.account, farah_.account, moderator_.account}) {
    EXPECT_EQ(reading(viewer, post), RefusalKind::gone);
    EXPECT_EQ(refusal_of([&] { history(app_, viewer, post); }), RefusalKind::gone);
    EXPECT_THAT(words(public_timeline(app_, viewer, {})), ElementsAre("@jack no", "good evening"));
    EXPECT_THAT(words(tag_timeline(app_, viewer, "tea", {})), IsEmpty());
    EXPECT_THAT(words(author_timeline(app_, viewer, jack_.account, {}, {})), IsEmpty());
    EXPECT_THAT(words(author_timeline(app_, viewer, moderator_.account, {}, {})), IsEmpty()) << "the repost";
    const Conversation around = conversation(app_, viewer, below);
    ASSERT_THAT(around.ancestors, SizeIs(2));
    EXPECT_TRUE(around.ancestors[1].deleted);
    EXPECT_FALSE(around.ancestors[1].view);
  }
  EXPECT_THAT(notifications(app_, farah_.account, {}, {}).notifications, IsEmpty());
  const auto told = notifications(app_, jack_.account, {}, {}).notifications;
  ASSERT_THAT(told, SizeIs(2)) << "of the reply below, and of the take-down";
  ASSERT_TRUE(told.front().strike);
  EXPECT_EQ(told.front().strike->kind, StrikeKind::post_taken_down);
  EXPECT_EQ(told.front().strike->words, "spam");
  EXPECT_EQ(account_by_id(app_, jack_.account).counts.posts, 0);
  EXPECT_NE(square_.refusal(delete_post(app_, jack_, post)), std::nullopt);
  EXPECT_NE(square_.refusal(edit_post(app_, jack_, post, {.text = "other words"})), std::nullopt);
  EXPECT_EQ(refusal(take_down_post, post), RefusalKind::not_found);

  moderate(restore_post, post);
  const PostView back =
      square_.db().read([&](store::Read& read) { return view_post(read, anonymous, post); });
  EXPECT_EQ(back.post->text, "@farah buy this #tea");
  EXPECT_EQ(back.counts.favourites, 1);
  EXPECT_EQ(back.counts.replies, 1);
  EXPECT_THAT(words(tag_timeline(app_, anonymous, "tea", {})), SizeIs(1));
  EXPECT_THAT(words(author_timeline(app_, anonymous, moderator_.account, {}, {})), SizeIs(1));
  EXPECT_EQ(refusal(restore_post, post), RefusalKind::invalid);
  EXPECT_THAT(audit(), ElementsAre("restore spam", "take-down spam"));
  for (const NotificationView& view : notifications(app_, jack_.account, {}, {}).notifications) {
    EXPECT_FALSE(view.strike) << "it goes with what it was about";
  }
}

TEST_F(ModerateTest, the_warned_and_the_limited_are_told_why) {
  moderate(warn_account, jack_.account);
  moderate(limit_account, jack_.account);
  const auto told = notifications(app_, jack_.account, {}, {}).notifications;
  ASSERT_THAT(told, SizeIs(2));
  EXPECT_EQ(told[0].strike->kind, StrikeKind::limited);
  EXPECT_EQ(told[1].strike->kind, StrikeKind::warning);
  EXPECT_EQ(told[1].strike->words, "spam");
  moderate(unlimit_account, jack_.account);
  EXPECT_THAT(notifications(app_, jack_.account, {}, {}).notifications, SizeIs(1));
  EXPECT_EQ(refusal_of([&] {
              square_.db().write_blocking(
                  [&](store::Write& write) { warn_account(write, jack_.account, {.by = {}, .reason = ""}); });
            }),
            RefusalKind::invalid);
  EXPECT_THAT(audit(), ElementsAre("unlimit spam", "limit spam", "warn spam"));
}

TEST_F(ModerateTest, who_asked_to_join_is_let_in_or_turned_away_and_nobody_else) {
  square_.app().sign_up_mode = SignUpMode::approval;
  const auto asking = [&](const std::string& handle) {
    return square_
        .run(sign_up(app_, {.handle = handle,
                            .email = handle + "@example.org",
                            .password = "long enough",
                            .reason = "I read",
                            .invite = {}}))
        .account;
  };
  const AccountId ev = asking("ev");
  const AccountId noah = asking("noah");
  const auto waiting = [&] {
    std::vector<AccountId> accounts;
    for (const auto& [account, person] :
         square_.db().read([](store::Read& read) { return store::people::waiting(read, {}, 10); })) {
      EXPECT_EQ(person.reason, "I read");
      accounts.push_back(account);
    }
    return accounts;
  };
  EXPECT_THAT(waiting(), ElementsAre(ev, noah));
  moderate(approve_account, ev);
  moderate(turn_away_account, noah);
  EXPECT_THAT(waiting(), IsEmpty());
  EXPECT_EQ(account_by_id(app_, ev).handle, "ev");
  EXPECT_EQ(refusal_of([&] { account_by_id(app_, noah); }), RefusalKind::not_found);
  EXPECT_EQ(refusal(approve_account, ev), RefusalKind::invalid);
  EXPECT_EQ(refusal(turn_away_account, jack_.account), RefusalKind::invalid);
  EXPECT_EQ(account_by_id(app_, jack_.account).handle, "jack");
}

TEST_F(ModerateTest, moderators_act_on_people_and_not_on_each_other) {
  const Actor admin = square_.person("admin", Role::admin);
  const auto may = [&](const Actor& actor, const Actor& on) {
    return refusal_of([&] {
      square_.db().read([&](store::Read& read) { require_moderator_of(read, actor.person, on.account); });
    });
  };
  EXPECT_EQ(may(moderator_, jack_), std::nullopt);
  EXPECT_EQ(may(admin, moderator_), std::nullopt);
  EXPECT_EQ(may(moderator_, admin), RefusalKind::forbidden);
  EXPECT_EQ(may(moderator_, moderator_), RefusalKind::forbidden);
  EXPECT_EQ(may(jack_, farah_), RefusalKind::not_found);
}

TEST_F(ModerateTest, after_thirty_days_the_words_are_erased) {
  const PostId old = square_.publish(jack_, "old words").post->id;
  const PostId young = square_.publish(jack_, "young words").post->id;
  moderate(take_down_post, old);
  square_.clock().advance(milliseconds(1));
  moderate(take_down_post, young);
  square_.clock().advance(takedown_undoable);
  EXPECT_FALSE(square_.db().write_blocking(erase_old_takedowns));
  EXPECT_EQ(refusal(restore_post, old), RefusalKind::invalid);
  moderate(restore_post, young);
  EXPECT_EQ(
      square_.db().read([](store::Read& read) { return read.value<int>("select count(*) from revisions"); }),
      1);
}

TEST_F(ModerateTest, an_account_that_is_erased_leaves_no_words_behind_to_be_restored) {
  moderate(take_down_post, square_.publish(jack_, "some words").post->id);
  while (
      square_.db().write_blocking([&](store::Write& write) { return erase_account(write, jack_.account); })) {
  }
  EXPECT_EQ(square_.db().read([](store::Read& read) {
    return read.value<int>("select (select count(*) from takedowns) + (select count(*) from revisions)");
  }),
            0);
}

TEST_F(ModerateTest, the_limited_are_read_where_they_are_looked_for_and_nowhere_else) {
  square_.live().start();
  square_.publish(jack_, "before #tea");
  moderate(limit_account, jack_.account);
  EXPECT_EQ(refusal(limit_account, jack_.account), RefusalKind::invalid);
  tests::LiveReader everyone(square_.live(), {.kind = Channel::Kind::everyone, .account = {}, .tag = {}});
  tests::LiveReader page(square_.live(),
                         {.kind = Channel::Kind::account, .account = jack_.account, .tag = {}});
  square_.publish(jack_, "after #tea");
  tests::settle(square_.live());
  EXPECT_THAT(everyone.take(), IsEmpty());
  EXPECT_THAT(page.take(), SizeIs(1));
  EXPECT_THAT(words(public_timeline(app_, farah_.account, {})), IsEmpty());
  EXPECT_THAT(words(tag_timeline(app_, farah_.account, "tea", {})), IsEmpty());
  EXPECT_THAT(words(author_timeline(app_, farah_.account, jack_.account, {}, {})), SizeIs(2));
  moderate(unlimit_account, jack_.account);
  EXPECT_THAT(words(public_timeline(app_, farah_.account, {})), SizeIs(2));
  EXPECT_EQ(refusal(unlimit_account, jack_.account), RefusalKind::invalid);
  EXPECT_THAT(audit(), ElementsAre("unlimit spam", "limit spam"));
}

TEST_F(ModerateTest, no_account_is_opened_with_a_blocked_address) {
  const auto sign_up_as = [&](const std::string& email) {
    return square_.refusal(sign_up(
        app_, {.handle = "guest", .email = email, .password = "long enough", .reason = {}, .invite = {}}));
  };
  moderate(block_email, std::string_view("Example.COM"));
  moderate(block_email, std::string_view("one@example.net"));
  EXPECT_EQ(sign_up_as("guest@example.com"), RefusalKind::invalid);
  EXPECT_EQ(sign_up_as("guest@MAIL.Example.com"), RefusalKind::invalid);
  EXPECT_EQ(sign_up_as("ONE@example.net"), RefusalKind::invalid);
  for (const char* wrong : {"", "@example.com", "one@", "two words"}) {
    EXPECT_EQ(refusal(block_email, std::string_view(wrong)), RefusalKind::invalid) << wrong;
  }
  EXPECT_EQ(refusal(block_email, std::string_view("example.com")), RefusalKind::invalid);
  EXPECT_THAT(square_.db().read(store::email_blocks::list), ElementsAre("example.com", "one@example.net"));
  EXPECT_EQ(sign_up_as("guest@notexample.com"), std::nullopt);
  moderate(unblock_email, std::string_view("example.com"));
  EXPECT_EQ(refusal(unblock_email, std::string_view("example.com")), RefusalKind::invalid);
}

TEST_F(ModerateTest, an_act_that_fails_is_not_in_the_log) {
  EXPECT_EQ(refusal(take_down_post, PostId{5}), RefusalKind::not_found);
  EXPECT_EQ(refusal(suspend_account, AccountId{5}), RefusalKind::not_found);
  EXPECT_THAT(audit(), IsEmpty());
  const PostId original = square_.publish(farah_, "words").post->id;
  const PostId repeated = square_.run(repost(app_, jack_, original, Visibility::everyone)).post->id;
  EXPECT_EQ(refusal(take_down_post, repeated), RefusalKind::invalid);
  moderate(suspend_account, jack_.account);
  moderate(unsuspend_account, jack_.account);
  moderate(static_cast<void (*)(store::Write&, PostId, const Moderation&)>(delete_post), original);
  EXPECT_THAT(audit(), ElementsAre("delete-post spam", "unsuspend spam", "suspend spam"));
}

TEST_F(ModerateTest, an_act_that_changes_nothing_is_refused) {
  EXPECT_EQ(refusal(unsuspend_account, jack_.account), RefusalKind::invalid);
  moderate(suspend_account, jack_.account);
  EXPECT_EQ(refusal(suspend_account, jack_.account), RefusalKind::invalid);
  EXPECT_THAT(audit(), ElementsAre("suspend spam"));
}

TEST_F(ModerateTest, only_what_could_be_an_address_is_blocked_and_the_root_dot_opens_no_way_around) {
  for (const char* pattern : {"", "@", "@x", ".example", "example.", "a..b", "*.example", "http://example",
                              "exa mple", "x@\x1b[2J", "\u202ename"}) {
    EXPECT_EQ(refusal([](store::Write& write, std::string_view text,
                         const Moderation& act) { block_email(write, text, act); },
                      std::string_view(pattern)),
              RefusalKind::invalid)
        << pattern;
  }
  square_.db().write_blocking([](store::Write& write) { block_email(write, "spam.example", {}); });
  square_.db().read([](store::Read& read) {
    for (const char* email : {"x@spam.example", "x@spam.example.", "x@mail.SPAM.example"}) {
      EXPECT_TRUE(store::email_blocks::matches(read, email)) << email;
    }
    EXPECT_FALSE(store::email_blocks::matches(read, "x@notspam.example"));
  });
}

TEST_F(ModerateTest, a_pin_that_was_taken_down_takes_nobodys_place) {
  std::vector<PostId> posts;
  for (std::size_t i = 0; i <= pins_max; ++i)
    posts.push_back(square_.publish(jack_, std::to_string(i)).post->id);
  for (std::size_t i = 0; i < pins_max; ++i) square_.run(pin(app_, jack_, posts[i]));
  EXPECT_EQ(square_.refusal(pin(app_, jack_, posts.back())), RefusalKind::invalid);
  moderate(take_down_post, posts.front());
  EXPECT_EQ(square_.refusal(pin(app_, jack_, posts.back())), std::nullopt);
}

}  // namespace
}  // namespace hoopoe::app
