#include "app/publish.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/conversation.h"
#include "app/photos.h"
#include "app/react.h"
#include "app/rules.h"
#include "app/timelines.h"
#include "store/held_posts.h"
#include "tests/support/pictures.h"
#include "tests/support/test_square.h"

namespace hoopoe::app {
namespace {

using testing::ElementsAre;

constexpr std::string_view question =
    "@HassanRouhani Good evening, President. Are citizens of Iran able to read your tweets?";
// Exactly 140 characters, as Twitter counted on that evening.
constexpr std::string_view answer =
    "Evening, @Jack. As I told @camanpour, my efforts geared 2 ensure my ppl'll comfortably b able 2 access "
    "all "
    "info globally as is their #right.";
constexpr std::string_view thanks =
    "@HassanRouhani thank you. Please let us know how we can help to make it a reality.";

class Publish : public testing::Test {
 protected:
  std::vector<std::string> texts(const PostPage& page) {
    std::vector<std::string> texts;
    for (const PostView& view : page.posts) texts.push_back(view.post->text);
    return texts;
  }

  tests::TestSquare square_;
};

TEST_F(Publish, the_exchange_of_the_first_of_october_2013_is_said_and_read_in_order) {
  const Actor jack = square_.person("jack");
  const Actor rouhani = square_.person("HassanRouhani");
  const Actor amanpour = square_.person("camanpour");
  const PostView asked = square_.publish(jack, question);
  square_.clock().advance(std::chrono::minutes(41));
  EXPECT_EQ(square_.refusal(publish(square_.app(), rouhani,
                                    {.text = std::string(answer) + "!", .reply_to = asked.post->id})),
            RefusalKind::invalid);
  const PostView answered = square_.publish(rouhani, answer, asked.post->id);
  square_.clock().advance(std::chrono::minutes(7));
  const PostView thanked = square_.publish(jack, thanks, answered.post->id);

  EXPECT_EQ(answered.post->mentions.size(), 2U);
  const Conversation seen = conversation(square_.app(), anonymous, answered.post->id);
  ASSERT_EQ(seen.ancestors.size(), 1U);
  EXPECT_EQ(seen.ancestors[0].view->post->text, question);
  ASSERT_EQ(seen.descendants.size(), 1U);
  EXPECT_EQ(seen.descendants[0].view->post->text, thanks);
  EXPECT_THAT(texts(exchange(square_.app(), anonymous, rouhani.account, jack.account, {})),
              ElementsAre(thanks, answer, question));
  EXPECT_THAT(texts(exchange(square_.app(), anonymous, amanpour.account, rouhani.account, {})),
              ElementsAre(answer));
  EXPECT_EQ(iso8601(answered.post->created), "2013-10-01T17:41:00.000Z");
}

TEST_F(Publish, what_is_empty_too_long_or_no_text_is_refused) {
  const Actor jack = square_.person("jack");
  const auto refused = [&](std::string text) {
    return square_.refusal(publish(square_.app(), jack, {.text = std::move(text)}));
  };
  for (const char* text : {"", " \n\t", "\xff", "nul\xef\xbf\xbf"})
    EXPECT_EQ(refused(text), RefusalKind::invalid);
  EXPECT_EQ(refused(std::string(141, 'x')), RefusalKind::invalid);
  EXPECT_EQ(refused(std::string(140, 'x')), std::nullopt);
  square_.settings().posts_characters_max = 141;
  EXPECT_EQ(refused(std::string(141, 'x')), std::nullopt);
  EXPECT_EQ(square_.refusal(publish(square_.app(), jack, {.text = "x", .language = std::string(36, 'x')})),
            RefusalKind::invalid);
}

TEST_F(Publish, marks_upon_marks_are_few_characters_and_too_many_bytes) {
  const Actor jack = square_.person("jack");
  const auto marked = [](int marks) {
    std::string text = "z";
    for (int i = 0; i < marks; ++i) text += "\u0301";
    return text;
  };
  EXPECT_EQ(square_.refusal(publish(square_.app(), jack, {.text = marked(100)})), std::nullopt);
  EXPECT_EQ(square_.refusal(publish(square_.app(), jack, {.text = marked(10'000)})), RefusalKind::invalid);
  EXPECT_EQ(square_.refusal(publish(square_.app(), jack, {.text = "z", .warning = marked(10'000)})),
            RefusalKind::invalid);
  std::string families;
  for (int i = 0; i < 70; ++i) families += "👩‍👩‍👧‍👦";
  EXPECT_EQ(square_.refusal(publish(square_.app(), jack, {.text = families})), std::nullopt);
}

TEST_F(Publish, the_same_wish_within_an_hour_is_the_same_post) {
  const Actor jack = square_.person("jack");
  const Actor farah = square_.person("farah");
  const auto wish = [&](const Actor& actor) {
    return square_.publish(actor, {.text = "once", .idempotency_key = "a wish"}).post->id;
  };
  const PostId first = wish(jack);
  EXPECT_EQ(wish(jack), first);
  EXPECT_NE(wish(farah), first);
  square_.clock().advance(std::chrono::minutes(59));
  EXPECT_EQ(wish(jack), first);
  square_.clock().advance(std::chrono::minutes(1));
  EXPECT_NE(wish(jack), first);
  std::vector<net::Task<PostView>> crowd;
  for (int i = 0; i < 5; ++i) {
    crowd.push_back(publish(square_.app(), jack, {.text = "all at once", .idempotency_key = "another"}));
  }
  EXPECT_EQ(square_.run_together(std::move(crowd)), 5);
  EXPECT_EQ(author_timeline(square_.app(), anonymous, jack.account, {}, {}).posts.size(), 3U);
}

// The rules are asked before the write: what they were not asked about must not be written in it, though the
// key may have its end between the two.
TEST_F(Publish, a_wish_that_is_known_writes_nothing) {
  const Actor jack = square_.person("jack");
  const Draft wish{.text = "once", .idempotency_key = "a wish"};
  const PostId first = square_.publish(jack, wish).post->id;
  const auto writes = square_.db().statistics().writes;
  EXPECT_EQ(square_.publish(jack, wish).post->id, first);
  EXPECT_EQ(square_.db().statistics().writes, writes);
}

TEST_F(Publish, what_a_terminal_would_obey_is_no_text) {
  const Actor jack = square_.person("jack");
  for (const char* text : {"bell\a", "\x1B[31mred", "c1 \u009F"}) {
    EXPECT_EQ(square_.refusal(publish(square_.app(), jack, {.text = text})), RefusalKind::invalid);
    EXPECT_EQ(square_.refusal(publish(square_.app(), jack, {.text = "look", .warning = text})),
              RefusalKind::invalid);
  }
  EXPECT_EQ(square_.refusal(publish(square_.app(), jack, {.text = "two\r\n\tlines"})), std::nullopt);
}

TEST_F(Publish, a_reply_to_a_repost_answers_the_original) {
  const Actor jack = square_.person("jack");
  const Actor farah = square_.person("farah");
  const PostId original = square_.publish(jack, "look").post->id;
  const PostId again = square_.run(repost(square_.app(), farah, original, Visibility::everyone)).post->id;
  const PostView reply = square_.publish(farah, "I did", again);
  EXPECT_EQ(reply.post->reply_to, original);
  EXPECT_EQ(reply.post->reply_to_author, jack.account);
}

TEST_F(Publish, only_the_author_deletes_a_post_and_whoever_asks_for_it_then_hears_that_it_is_gone) {
  const Actor jack = square_.person("jack");
  const Actor farah = square_.person("farah");
  const PostId post = square_.publish(jack, "oops").post->id;
  EXPECT_EQ(square_.refusal(delete_post(square_.app(), farah, post)), RefusalKind::not_found);
  EXPECT_EQ(square_.run(delete_post(square_.app(), jack, post)).post->text, "oops");
  EXPECT_EQ(square_.refusal(delete_post(square_.app(), jack, post)), RefusalKind::gone);
  EXPECT_EQ(square_.refusal(publish(square_.app(), farah, {.text = "re", .reply_to = post})),
            RefusalKind::gone);
}

TEST_F(Publish, what_replaces_a_post_takes_its_photos_over_or_leaves_all_as_it_was) {
  App& app = square_.app();
  const Actor jack = square_.person("jack");
  const Photo photo = square_.run(
      upload_photo(app, jack, tests::one_colour(12, 8), {.description = "first words", .focus = {}}));
  const PostId id = square_.publish(jack, {.text = "look", .photos = {{.id = photo.id}}}).post->id;
  const auto read = [&](PostId post) {
    return square_.db().read([&](store::Read& read) { return view_post(read, jack.account, post); });
  };
  const Draft anew{.text = "look again", .photos = {{.id = photo.id, .description = "better words"}}};
  EXPECT_EQ(square_.refusal(publish(app, square_.person("biz"), {.text = "mine"}, id)),
            RefusalKind::not_found);
  Draft unsayable = anew;
  unsayable.photos.push_back({.id = PhotoId{1}});
  EXPECT_EQ(square_.refusal(publish(app, jack, unsayable, id)), RefusalKind::invalid);
  EXPECT_EQ(read(id).post->photos.front().name, photo.name);

  const PostView made = square_.run(publish(app, jack, anew, id));
  EXPECT_EQ(made.author->counts.posts, 1);
  EXPECT_EQ(tests::refusal_of([&] { read(id); }), RefusalKind::gone);
  EXPECT_EQ(read(made.post->id).post->photos.front().description, "better words");
  EXPECT_FALSE(find_photo(app, photo.name, anonymous, Role::person)) << "whoever has the old address";

  square_.db().write_blocking(
      [&](store::Write& write) { add_rule(write, {.act = RuleAct::hold, .words = {"look"}}, {}); });
  EXPECT_EQ(square_.refusal(publish(app, jack, anew, made.post->id)), RefusalKind::held);
  EXPECT_EQ(tests::refusal_of([&] { read(made.post->id); }), RefusalKind::gone);
  const auto waiting =
      square_.db().read([&](store::Read& read) { return store::held_posts::of_author(read, jack.account); });
  ASSERT_EQ(waiting.size(), 1U);
  EXPECT_EQ(waiting.front().draft.photos.size(), 1U);
}

}  // namespace
}  // namespace hoopoe::app
