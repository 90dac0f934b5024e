#include "app/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/accounts.h"
#include "app/edit.h"
#include "app/notifications.h"
#include "app/photos.h"
#include "app/publish.h"
#include "app/timelines.h"
#include "store/audit.h"
#include "store/held_posts.h"
#include "store/people.h"
#include "store/posting_rules.h"
#include "tests/support/derived_counts.h"
#include "tests/support/pictures.h"
#include "tests/support/test_square.h"

namespace hoopoe::app {
namespace {

using std::chrono::hours;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using tests::refusal_of;

class RulesTest : public testing::Test {
 protected:
  RuleId add(const PostingRule& rule) {
    return square_.db().write_blocking([&](store::Write& write) { return add_rule(write, rule, act_); });
  }
  std::optional<RefusalKind> publishing(const Actor& who, const Draft& draft) {
    return refusal_of([&] { square_.publish(who, draft); });
  }
  std::vector<HeldPost> held(const Actor& by) {
    return square_.db().read(
        [&](store::Read& read) { return store::held_posts::of_author(read, by.account); });
  }
  PostId release(HeldPostId id) {
    return square_.db().write_blocking(
        [&](store::Write& write) { return release_post(app_, write, id, act_); });
  }
  void turn_down(HeldPostId id) {
    square_.db().write_blocking([&](store::Write& write) { turn_down_post(write, id, act_); });
  }
  void withdraw(const Actor& who, HeldPostId id) {
    square_.db().write_blocking([&](store::Write& write) { withdraw_post(write, who, id); });
  }
  std::vector<std::string> said(Viewer viewer = anonymous) {
    std::vector<std::string> words;
    for (const PostView& view : public_timeline(app_, viewer, {}).posts) words.push_back(view.post->text);
    return words;
  }
  std::string newest_act() {
    const auto entries = square_.db().read([](store::Read& read) { return store::audit::list(read, {}); });
    return entries.front().act + " " + entries.front().words;
  }

  ChosenPhoto photo(const Actor& who, std::string description) {
    return {.id = square_
                      .run(upload_photo(app_, who, tests::one_colour(20, 20),
                                        {.description = std::move(description), .focus = {}}))
                      .id};
  }

  tests::TestSquare square_;
  App& app_ = square_.app();
  const Actor keeper_ = square_.person("keeper", Role::moderator);
  const Actor jack_ = square_.person("jack");
  const Actor farah_ = square_.person("farah");
  const Moderation act_{.by = keeper_.person, .reason = "because"};
};

TEST_F(RulesTest, a_refused_post_leaves_nothing_behind) {
  add({.act = RuleAct::refuse, .words = {"casino"}, .message = "No gambling here"});
  const auto before = tests::everything(square_.db());
  try {
    square_.publish(jack_, "best CASINO in town");
    FAIL() << "it was taken";
  } catch (const Refusal& refusal) {
    EXPECT_EQ(refusal.kind, RefusalKind::invalid);
    EXPECT_STREQ(refusal.what(), "Validation failed: No gambling here");
  }
  EXPECT_EQ(publishing(jack_, {.text = "look", .warning = "casino"}), RefusalKind::invalid);
  EXPECT_EQ(publishing(jack_, {.text = "@farah casino", .visibility = Visibility::mentioned}),
            RefusalKind::invalid);
  EXPECT_EQ(tests::everything(square_.db()), before);
  EXPECT_EQ(publishing(jack_, {.text = "a walk in town"}), std::nullopt);
}

TEST_F(RulesTest, a_limited_post_is_there_for_all_and_not_in_the_square) {
  add({.act = RuleAct::limit, .links = 1});
  const PostView view = square_.publish(jack_, "see https://a.example.net");
  EXPECT_EQ(view.post->visibility, Visibility::unlisted);
  EXPECT_THAT(said(), IsEmpty());
  EXPECT_EQ(refusal_of([&] {
              square_.db().read([&](store::Read& read) { return view_post(read, anonymous, view.post->id); });
            }),
            std::nullopt);
  EXPECT_EQ(square_.publish(jack_, {.text = "https://a.example.net", .visibility = Visibility::followers})
                .post->visibility,
            Visibility::followers);
}

TEST_F(RulesTest, a_held_post_is_nowhere_until_it_is_released) {
  add({.act = RuleAct::hold, .words = {"offer*"}});
  const PostId root = square_.publish(farah_, "what is new?").post->id;
  const Draft draft{.text = "@farah special offers",
                    .warning = "ads",
                    .reply_rule = ReplyRule::mentioned,
                    .language = "en",
                    .reply_to = root,
                    .idempotency_key = "key"};
  EXPECT_EQ(publishing(jack_, draft), RefusalKind::held);
  EXPECT_EQ(publishing(jack_, draft), RefusalKind::held) << "sent again";
  ASSERT_THAT(held(jack_), SizeIs(1));
  EXPECT_THAT(said(), ElementsAre("what is new?"));
  EXPECT_THAT(notifications(app_, farah_.account, {}, {}).notifications, IsEmpty());

  square_.clock().advance(hours{3});
  const PostId id = release(held(jack_).front().id);
  EXPECT_THAT(held(jack_), IsEmpty());
  EXPECT_EQ(newest_act(), "release because");
  const PostView view = square_.db().read([&](store::Read& read) { return view_post(read, anonymous, id); });
  EXPECT_EQ(view.post->created, square_.clock().now());
  EXPECT_EQ(view.post->author, jack_.account);
  EXPECT_EQ(view.post->text, draft.text);
  EXPECT_EQ(view.post->warning, "ads");
  EXPECT_EQ(view.post->reply_to, root);
  EXPECT_EQ(view.post->reply_rule, ReplyRule::mentioned);
  EXPECT_EQ(view.post->language, "en");
  EXPECT_THAT(notifications(app_, farah_.account, {}, {}).notifications, SizeIs(1));
}

TEST_F(RulesTest, a_wish_is_one_post_whatever_rules_come_between) {
  const Draft draft{.text = "an offer", .idempotency_key = "key"};
  const PostId made = square_.publish(jack_, draft).post->id;
  add({.act = RuleAct::hold, .words = {"offer"}});
  EXPECT_EQ(square_.publish(jack_, draft).post->id, made);
  const Draft other{.text = "one more offer", .idempotency_key = "other key"};
  EXPECT_EQ(publishing(jack_, other), RefusalKind::held);
  const HeldPostId waiting = held(jack_).front().id;
  const PostId released = release(waiting);
  EXPECT_EQ(square_.publish(jack_, other).post->id, released);
  EXPECT_EQ(refusal_of([&] { release(waiting); }), RefusalKind::not_found);
  EXPECT_EQ(refusal_of([&] { turn_down(waiting); }), RefusalKind::not_found);
}

TEST_F(RulesTest, what_may_not_be_answered_is_not_held_either) {
  add({.act = RuleAct::hold, .words = {"offer"}});
  const PostId closed =
      square_.publish(farah_, Draft{.text = "mine", .reply_rule = ReplyRule::mentioned}).post->id;
  const PostId hidden =
      square_.publish(farah_, Draft{.text = "mine", .visibility = Visibility::followers}).post->id;
  EXPECT_EQ(publishing(jack_, {.text = "offer", .reply_to = closed}), RefusalKind::forbidden);
  EXPECT_EQ(publishing(jack_, {.text = "offer", .reply_to = hidden}), RefusalKind::not_found);
  EXPECT_THAT(held(jack_), IsEmpty());
}

TEST_F(RulesTest, what_is_for_few_is_refused_where_others_are_held) {
  add({.act = RuleAct::hold, .words = {"offer"}});
  EXPECT_EQ(publishing(jack_, {.text = "@farah offer", .visibility = Visibility::mentioned}),
            RefusalKind::invalid);
  EXPECT_EQ(publishing(jack_, {.text = "offer", .visibility = Visibility::followers}), RefusalKind::invalid);
  EXPECT_THAT(held(jack_), IsEmpty());
}

TEST_F(RulesTest, who_is_turned_down_is_told_why_and_of_which_words) {
  add({.act = RuleAct::hold, .words = {"offer"}});
  publishing(jack_, {.text = "special offer"});
  turn_down(held(jack_).front().id);
  EXPECT_THAT(held(jack_), IsEmpty());
  EXPECT_EQ(newest_act(), "turn-down because");
  const auto told = notifications(app_, jack_.account, {}, {}).notifications;
  ASSERT_THAT(told, SizeIs(1));
  ASSERT_TRUE(told.front().strike);
  EXPECT_EQ(told.front().strike->kind, StrikeKind::post_turned_down);
  EXPECT_EQ(told.front().strike->words, "because\n“special offer”");
  EXPECT_EQ(refusal_of([&] { turn_down(HeldPostId{1}); }), RefusalKind::not_found);
}

TEST_F(RulesTest, authors_take_back_their_own_and_no_others) {
  add({.act = RuleAct::hold, .words = {"offer"}});
  publishing(jack_, {.text = "offer"});
  const HeldPostId id = held(jack_).front().id;
  EXPECT_EQ(refusal_of([&] { withdraw(farah_, id); }), RefusalKind::not_found);
  withdraw(jack_, id);
  EXPECT_THAT(held(jack_), IsEmpty());
  EXPECT_EQ(refusal_of([&] { withdraw(jack_, id); }), RefusalKind::not_found);
}

TEST_F(RulesTest, nobody_fills_the_queue_of_the_moderators) {
  add({.act = RuleAct::hold, .words = {"offer"}});
  for (int i = 0; i < held_posts_max; ++i) {
    EXPECT_EQ(publishing(jack_, {.text = "offer " + std::to_string(i)}), RefusalKind::held);
  }
  EXPECT_EQ(publishing(jack_, {.text = "one offer more"}), RefusalKind::too_many);
  EXPECT_THAT(held(jack_), SizeIs(held_posts_max));
  EXPECT_EQ(publishing(farah_, {.text = "offer"}), RefusalKind::held);
}

TEST_F(RulesTest, a_suspended_author_is_not_published_by_a_release) {
  add({.act = RuleAct::hold, .words = {"offer"}});
  publishing(jack_, {.text = "offer"});
  const HeldPostId id = held(jack_).front().id;
  square_.db().write_blocking([&](store::Write& write) { suspend(write, jack_.account); });
  EXPECT_EQ(refusal_of([&] { release(id); }), RefusalKind::forbidden);
  EXPECT_THAT(held(jack_), SizeIs(1));
  EXPECT_THAT(square_.db().read([](store::Read& read) { return store::held_posts::list(read, {}, 10); }),
              IsEmpty())
      << "nothing that a moderator could do";
  square_.db().write_blocking([&](store::Write& write) { return erase_account(write, jack_.account); });
  EXPECT_THAT(held(jack_), IsEmpty()) << "words go with their author";
}

TEST_F(RulesTest, the_strictest_counts_whatever_the_order) {
  add({.act = RuleAct::limit, .links = 1});
  add({.act = RuleAct::refuse, .hosts = {"spam.example.net"}});
  add({.act = RuleAct::hold, .links = 1, .age = hours{24}});
  EXPECT_EQ(publishing(jack_, {.text = "https://www.spam.example.net"}), RefusalKind::invalid);
  EXPECT_EQ(publishing(jack_, {.text = "https://good.example.net"}), RefusalKind::held);
  square_.clock().advance(hours{24});
  EXPECT_EQ(square_.publish(jack_, "https://fine.example.net").post->visibility, Visibility::unlisted);
}

TEST_F(RulesTest, those_who_keep_order_may_name_what_they_forbid) {
  add({.act = RuleAct::refuse, .words = {"casino"}});
  EXPECT_EQ(publishing(keeper_, {.text = "no casino talk"}), std::nullopt);
}

TEST_F(RulesTest, an_edit_is_no_way_around) {
  add({.act = RuleAct::hold, .words = {"offer"}});
  add({.act = RuleAct::limit, .links = 1});
  const PostId id = square_.publish(jack_, "good evening").post->id;
  EXPECT_EQ(refusal_of([&] { square_.run(edit_post(app_, jack_, id, {.text = "an offer"})); }),
            RefusalKind::invalid);
  EXPECT_THAT(said(), ElementsAre("good evening"));
  const PostView view = square_.run(
      edit_post(app_, jack_, id, {.text = "https://a.example.net", .visibility = Visibility::everyone}));
  EXPECT_EQ(view.post->visibility, Visibility::unlisted);
}

TEST_F(RulesTest, rules_are_written_down_and_faulty_ones_not_taken) {
  const RuleId id = add({.act = RuleAct::hold,
                         .words = {"casino", "قرص"},
                         .hosts = {"spam.example.net"},
                         .links = 2,
                         .mentions = 3,
                         .age = hours{24},
                         .message = "No"});
  const std::string words =
      "hold: words casino, قرص; sites spam.example.net; links 2; mentions 3; age below 24 h; message “No”";
  EXPECT_EQ(newest_act(), "add-rule " + words);
  const auto rules = square_.db().read(store::posting_rules::list);
  ASSERT_THAT(rules, SizeIs(1));
  EXPECT_EQ(describe(rules.front()), words);
  EXPECT_EQ(rules.front().message, "No");
  const auto remove = [&] {
    square_.db().write_blocking([&](store::Write& write) { remove_rule(write, id, act_); });
  };
  remove();
  EXPECT_EQ(newest_act(), "remove-rule " + words);
  EXPECT_EQ(refusal_of(remove), RefusalKind::not_found);
  EXPECT_EQ(refusal_of([&] { add({.words = {"*"}}); }), RefusalKind::invalid);
  for (std::size_t i = 0; i < posting_rules_max; ++i) add({.links = 1});
  EXPECT_EQ(refusal_of([&] { add({.links = 1}); }), RefusalKind::invalid);
}

TEST_F(RulesTest, a_dry_run_tells_what_would_have_been_caught) {
  for (int i = 0; i < 30; ++i) square_.publish(jack_, "an offer " + std::to_string(i));
  square_.publish(farah_, "good evening");
  square_.publish(farah_, Draft{.text = "my offer", .visibility = Visibility::followers});
  square_.clock().advance(hours{1000});
  const auto tried = [&](const PostingRule& rule) {
    return square_.db().read([&](store::Read& read) { return try_rule(read, rule); });
  };
  const auto before = tests::everything(square_.db());
  const Trial trial = tried({.act = RuleAct::refuse, .words = {"offer"}});
  EXPECT_EQ(trial.looked_at, 31);
  EXPECT_EQ(trial.caught, 30);
  EXPECT_THAT(trial.examples, SizeIs(20));
  EXPECT_EQ(tried({.words = {"offer"}, .age = hours{1}}).caught, 30) << "the age when it was said";
  EXPECT_EQ(tried({.words = {"evening"}}).caught, 1);
  EXPECT_EQ(refusal_of([&] { tried({}); }), RefusalKind::invalid);
  EXPECT_EQ(tests::everything(square_.db()), before);
}

TEST_F(RulesTest, what_a_photo_is_said_to_show_is_said) {
  Draft old{.text = "look", .photos = {photo(farah_, "a casino at night")}};
  square_.publish(farah_, old);
  const PostingRule rule{.act = RuleAct::refuse, .words = {"casino"}};
  EXPECT_EQ(square_.db().read([&](store::Read& read) { return try_rule(read, rule).caught; }), 1);
  add(rule);
  EXPECT_EQ(publishing(farah_, {.text = "look", .photos = {photo(farah_, "a casino by day")}}),
            RefusalKind::invalid);
  ChosenPhoto renamed = photo(farah_, "a bird");
  renamed.description = "the casino";
  EXPECT_EQ(publishing(farah_, {.text = "look", .photos = {renamed}}), RefusalKind::invalid);
  EXPECT_EQ(publishing(farah_, {.text = "look", .photos = {photo(farah_, "a bird")}}), std::nullopt);
  // The words of another are no answer.
  EXPECT_EQ(publishing(jack_, {.text = "look", .photos = {{.id = renamed.id}}}), RefusalKind::invalid);
  add({.act = RuleAct::refuse, .hosts = {"example.org"}});
  EXPECT_EQ(publishing(farah_, {.text = "look", .photos = {photo(farah_, "see example.org")}}),
            RefusalKind::invalid);
}

TEST_F(RulesTest, an_edit_is_judged_by_the_descriptions_that_it_shows) {
  ChosenPhoto chosen = photo(farah_, "a casino");
  chosen.description = "a bird";
  const PostId id = square_.publish(farah_, {.text = "look", .photos = {chosen}}).post->id;
  add({.act = RuleAct::refuse, .words = {"casino"}});
  const auto editing = [&](std::optional<std::string> description) {
    return square_.refusal(edit_post(
        app_, farah_, id,
        {.text = "look again", .photos = {{{.id = chosen.id, .description = std::move(description)}}}}));
  };
  EXPECT_EQ(editing(std::nullopt), std::nullopt) << "what it said before it was published is not shown";
  EXPECT_EQ(editing("the casino"), RefusalKind::invalid);
}

TEST_F(RulesTest, a_form_that_comes_twice_makes_one_post_that_waits) {
  add({.act = RuleAct::hold, .words = {"look"}});
  const Draft draft{.text = "look", .photos = {photo(farah_, "a bird")}, .idempotency_key = "one wish"};
  EXPECT_EQ(publishing(farah_, draft), RefusalKind::held);
  Draft again = draft;
  again.photos = {photo(farah_, "a bird")};  // a browser sends the file once more
  EXPECT_EQ(publishing(farah_, again), RefusalKind::held);
  ASSERT_THAT(held(farah_), SizeIs(1));
  // What was said under the same key meanwhile, and met no rule, takes nothing from what waited.
  const PostId other = square_.publish(farah_, {.text = "see", .idempotency_key = "one wish"}).post->id;
  EXPECT_NE(release(held(farah_).front().id), other);
  EXPECT_EQ(publishing(farah_, {.text = "look up", .idempotency_key = "second wish"}), RefusalKind::held);
  const PostId gone = square_.publish(farah_, {.text = "up", .idempotency_key = "second wish"}).post->id;
  square_.run(delete_post(app_, farah_, gone));
  EXPECT_NE(release(held(farah_).front().id), gone);
  EXPECT_EQ(publishing(farah_, {.text = "look here", .idempotency_key = "another"}), RefusalKind::held);
  square_.clock().advance(idempotency_key_lifetime);
  EXPECT_EQ(publishing(farah_, {.text = "look there", .idempotency_key = "another"}), RefusalKind::held);
  EXPECT_THAT(held(farah_), SizeIs(2));
}

}  // namespace
}  // namespace hoopoe::app
