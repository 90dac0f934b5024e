#include "app/export.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/accounts.h"
#include "app/block.h"
#include "app/edit.h"
#include "app/follow.h"
#include "app/keep.h"
#include "app/moderate.h"
#include "app/publish.h"
#include "app/react.h"
#include "app/report.h"
#include "app/sign_in.h"
#include "base/id_source.h"
#include "crypto/hash.h"
#include "store/held_posts.h"
#include "store/people.h"
#include "store/posts.h"
#include "store/sessions.h"
#include "tests/support/test_square.h"

namespace hoopoe::app {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using tests::refusal_of;

class ExportTest : public testing::Test {
 protected:
  Actor signed_in(std::string_view handle) {
    Actor actor = square_.person(handle);
    actor.session = square_.db().write_blocking([&](store::Write& write) {
      return store::sessions::insert(
          write, {.person = actor.person, .account = actor.account, .address = "192.0.2.1"},
          crypto::sha256(handle));
    });
    return actor;
  }

  ExportSlice slice(const Actor& actor, ExportPart part, std::int64_t before = 0) {
    return square_.run(export_slice(app_, actor, part, before));
  }

  // All entries of a part, from the first slice to the last; `slices` says of how many.
  template <class Entry>
  std::vector<Entry> all(const Actor& actor, ExportPart part, int* slices = nullptr) {
    std::vector<Entry> found;
    std::int64_t before = 0;
    do {
      const ExportSlice some = slice(actor, part, before);
      for (const ExportEntry& entry : some.entries) found.push_back(std::get<Entry>(entry));
      if (slices != nullptr) ++*slices;
      EXPECT_TRUE(some.next == 0 || before == 0 || some.next < before) << "goes on";
      before = some.next;
    } while (before != 0);
    return found;
  }
  std::vector<std::string> handles(const Actor& actor, ExportPart part) {
    std::vector<std::string> found;
    for (const auto& entry : all<ExportedAccount>(actor, part)) found.push_back(entry.account.handle);
    return found;
  }
  std::vector<PostId> kept(const Actor& actor, ExportPart part) {
    std::vector<PostId> found;
    for (const auto& entry : all<ExportedKept>(actor, part)) found.push_back(entry.post.id);
    return found;
  }
  std::vector<PostId> posts(const Actor& actor) {
    std::vector<PostId> found;
    for (const auto& entry : all<ExportedPost>(actor, ExportPart::posts))
      found.push_back(entry.view.post->id);
    return found;
  }
  PostId publish(const Actor& actor, Draft draft) {
    square_.clock().advance(std::chrono::seconds(1));
    return square_.publish(actor, std::move(draft)).post->id;
  }
  // Without what publishing does besides.
  void insert_posts(const Actor& author, int count) {
    square_.db().write_blocking([&](store::Write& write) {
      for (int i = 0; i < count; ++i) {
        store::posts::insert(write, {.post = {.author = author.account, .text = "tick"}, .person = {}});
      }
    });
  }

  tests::TestSquare square_;
  App& app_ = square_.app();
  const Actor jack_ = signed_in("jack");
  const Actor farah_ = signed_in("farah");
  const Actor sara_ = signed_in("sara");
};

TEST_F(ExportTest, what_one_said_is_there_with_what_it_said_before) {
  const PostId question = publish(jack_, {.text = "do you read this?"});
  const PostId answer = publish(farah_, {.text = "سلام @jack", .language = "fa", .reply_to = question});
  const PostId letter =
      publish(farah_, {.text = "@jack for you", .warning = "birds", .visibility = Visibility::mentioned});
  square_.clock().advance(std::chrono::minutes(1));
  square_.run(edit_post(app_, farah_, answer, {.text = "سلام، @jack", .language = "fa"}));
  square_.run(favourite(app_, jack_, answer));
  square_.run(pin(app_, farah_, answer));

  const auto found = all<ExportedPost>(farah_, ExportPart::posts);
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_EQ(found[0].view.post->id, letter);
  EXPECT_EQ(found[0].view.post->warning, "birds");
  EXPECT_THAT(found[0].view.post->mentions, SizeIs(1));
  EXPECT_EQ(found[1].view.post->id, answer);
  ASSERT_THAT(found[1].revisions, SizeIs(2));
  EXPECT_EQ(found[1].revisions[0].text, "سلام @jack");
  EXPECT_EQ(found[1].revisions[1].text, "سلام، @jack");
  EXPECT_EQ(found[1].view.counts.favourites, 1);
  EXPECT_TRUE(found[1].view.pinned);
  ASSERT_TRUE(found[1].reply_to);
  EXPECT_EQ(url_of(app_, *found[1].reply_to), "http://square.test/@jack/" + question.str());
}

TEST_F(ExportTest, what_was_deleted_or_taken_down_is_not_there) {
  const PostId kept = publish(farah_, {.text = "tea"});
  const PostId deleted = publish(farah_, {.text = "forget this"});
  const PostId taken_down = publish(farah_, {.text = "rude words"});
  square_.run(delete_post(app_, farah_, deleted));
  square_.db().write_blocking(
      [&](store::Write& write) { take_down_post(write, taken_down, {.reason = "why"}); });
  EXPECT_THAT(posts(farah_), ElementsAre(kept));
  const auto strikes = all<Strike>(farah_, ExportPart::strikes);
  ASSERT_THAT(strikes, SizeIs(1));
  EXPECT_EQ(strikes[0].words, "why");
  EXPECT_EQ(strikes[0].post, taken_down);
}

TEST_F(ExportTest, of_what_others_said_there_is_the_place_alone) {
  const PostId open = publish(jack_, {.text = "for all"});
  const PostId favoured = publish(jack_, {.text = "more"});
  square_.run(follow(app_, farah_, jack_.account, {}));
  const PostId private_one = publish(jack_, {.text = "for followers", .visibility = Visibility::followers});
  const PostId repost_id = square_.run(repost(app_, farah_, open, Visibility::everyone)).post->id;
  square_.run(favourite(app_, farah_, favoured));
  square_.run(mute_conversation(app_, farah_, open));
  square_.run(bookmark(app_, farah_, private_one));
  square_.run(unfollow(app_, farah_, jack_.account));

  const auto found = all<ExportedPost>(farah_, ExportPart::posts);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].view.post->id, repost_id);
  EXPECT_EQ(found[0].view.original, nullptr);
  EXPECT_THAT(found[0].revisions, IsEmpty());
  ASSERT_TRUE(found[0].repost_of);
  EXPECT_EQ(url_of(app_, *found[0].repost_of), "http://square.test/@jack/" + open.str());
  EXPECT_THAT(kept(farah_, ExportPart::favourites), ElementsAre(favoured));
  EXPECT_THAT(kept(farah_, ExportPart::bookmarks), ElementsAre(private_one));
  EXPECT_THAT(kept(farah_, ExportPart::conversation_mutes), ElementsAre(open));
}

TEST_F(ExportTest, where_a_muted_conversation_begins_is_told_to_those_who_may_read_it) {
  const PostId letter = publish(jack_, {.text = "@farah a word", .visibility = Visibility::mentioned});
  const PostId answer = publish(farah_, {.text = "@jack for all to hear", .reply_to = letter});
  square_.run(mute_conversation(app_, sara_, answer));
  square_.run(mute_conversation(app_, farah_, answer));
  EXPECT_THAT(kept(sara_, ExportPart::conversation_mutes), IsEmpty());
  EXPECT_THAT(kept(farah_, ExportPart::conversation_mutes), ElementsAre(letter));
}

TEST_F(ExportTest, whom_one_knows_and_avoids_is_there_and_since_when) {
  const Actor mina = signed_in("mina");
  square_.run(update_profile(app_, sara_, {.locked = true}));
  square_.run(update_profile(app_, farah_, {.locked = true}));
  square_.run(follow(app_, farah_, jack_.account, {}));
  square_.run(follow(app_, farah_, sara_.account, {}));
  square_.run(follow(app_, jack_, farah_.account, {}));
  square_.run(answer_follow_request(app_, farah_, jack_.account, Verdict::accepted));
  square_.run(follow(app_, sara_, farah_.account, {}));
  square_.run(block(app_, farah_, mina.account));
  const Time end = square_.clock().now() + std::chrono::hours(1);
  square_.run(mute(app_, farah_, sara_.account, {.notifications_hidden = false, .expires = end}));

  EXPECT_THAT(handles(farah_, ExportPart::following), ElementsAre("jack"));
  EXPECT_THAT(handles(farah_, ExportPart::followers), ElementsAre("jack"));
  EXPECT_THAT(handles(farah_, ExportPart::requests_made), ElementsAre("sara"));
  EXPECT_THAT(handles(farah_, ExportPart::requests_received), ElementsAre("sara"));
  EXPECT_THAT(handles(farah_, ExportPart::blocks), ElementsAre("mina"));
  EXPECT_THAT(handles(mina, ExportPart::blocks), IsEmpty()) << "who blocks one is not told";
  const auto mutes = all<ExportedAccount>(farah_, ExportPart::mutes);
  ASSERT_THAT(mutes, SizeIs(1));
  EXPECT_EQ(mutes[0].mute->expires, end);
  EXPECT_FALSE(mutes[0].mute->notifications_hidden);
  EXPECT_EQ(mutes[0].since, square_.clock().now());
  square_.db().write_blocking([&](store::Write& write) { suspend(write, sara_.account); });
  EXPECT_THAT(handles(farah_, ExportPart::mutes), IsEmpty()) << "as everywhere";
}

TEST_F(ExportTest, what_one_reported_is_there_and_what_others_did_is_not) {
  const PostId post = publish(jack_, {.text = "buy this"});
  square_.run(report(app_, farah_, {.target = jack_.account, .posts = {post}, .comment = "look"}));
  const auto reports = all<ExportedReport>(farah_, ExportPart::reports);
  ASSERT_THAT(reports, SizeIs(1));
  EXPECT_EQ(reports[0].report.comment, "look");
  EXPECT_THAT(reports[0].report.posts, ElementsAre(post));
  EXPECT_EQ(reports[0].target->handle, "jack");
  EXPECT_THAT(all<ExportedReport>(jack_, ExportPart::reports), IsEmpty());
}

TEST_F(ExportTest, what_waits_for_a_moderator_is_there_for_its_author) {
  square_.db().write_blocking([&](store::Write& write) {
    for (const char* text : {"first offer", "second offer"}) {
      store::held_posts::insert(write,
                                {.author = farah_.account, .person = farah_.person, .draft = {.text = text}});
    }
  });
  const auto waiting = all<HeldPost>(farah_, ExportPart::held);
  ASSERT_THAT(waiting, SizeIs(2));
  EXPECT_EQ(waiting[0].draft.text, "second offer");
  EXPECT_THAT(all<HeldPost>(jack_, ExportPart::held), IsEmpty());
}

TEST_F(ExportTest, many_posts_come_in_slices_and_none_twice) {
  insert_posts(farah_, 450);
  publish(farah_, {.text = "the newest"});
  const std::vector<PostId> found = posts(farah_);
  EXPECT_EQ(found.size(), 451U);
  EXPECT_TRUE(std::ranges::is_sorted(found, std::greater<>()));
  int slices = 0;
  all<ExportedPost>(farah_, ExportPart::posts, &slices);
  EXPECT_EQ(slices, 5);
}

TEST_F(ExportTest, a_slice_of_posts_that_were_edited_often_is_shorter) {
  for (int i = 0; i < 5; ++i) {
    const PostId post = publish(farah_, {.text = "draft"});
    for (int edit = 0; edit < 99; ++edit) {
      square_.clock().advance(std::chrono::seconds(1));
      square_.run(edit_post(app_, farah_, post, {.text = "draft " + std::to_string(edit)}));
    }
  }
  int slices = 0;
  const auto found = all<ExportedPost>(farah_, ExportPart::posts, &slices);
  EXPECT_THAT(found, SizeIs(5));
  EXPECT_EQ(slices, 5);
  for (const ExportedPost& post : found) EXPECT_THAT(post.revisions, SizeIs(100));
}

TEST_F(ExportTest, what_is_deleted_between_two_slices_is_left_out) {
  const PostId oldest = publish(farah_, {.text = "the oldest"});
  insert_posts(farah_, 150);
  const ExportSlice first = slice(farah_, ExportPart::posts);
  ASSERT_NE(first.next, 0);
  square_.run(delete_post(app_, farah_, oldest));
  const ExportSlice second = slice(farah_, ExportPart::posts, first.next);
  EXPECT_EQ(second.next, 0);
  for (const ExportEntry& entry : second.entries) {
    EXPECT_NE(std::get<ExportedPost>(entry).view.post->id, oldest);
  }
}

TEST_F(ExportTest, is_for_the_owner_alone) {
  const PersonId clerk = sara_.person;
  square_.db().write_blocking(
      [&](store::Write& write) { store::people::add_member(write, clerk, farah_.account, "staff"); });
  Actor staff = sara_;
  staff.account = farah_.account;
  Actor stranger = jack_;
  stranger.account = farah_.account;
  Actor by_token = farah_;
  by_token.session = {};
  EXPECT_TRUE(may_export(app_, farah_));
  EXPECT_EQ(export_profile(app_, farah_).email, "farah@example.org");
  for (const Actor& other : {staff, stranger, by_token, Actor{}}) {
    EXPECT_FALSE(may_export(app_, other));
    EXPECT_EQ(refusal_of([&] { export_profile(app_, other); }), RefusalKind::forbidden);
    EXPECT_EQ(square_.refusal(export_slice(app_, other, ExportPart::posts, 0)), RefusalKind::forbidden);
  }
}

TEST_F(ExportTest, ends_with_the_session_and_with_the_account) {
  insert_posts(farah_, 250);
  insert_posts(jack_, 250);
  const std::int64_t next = slice(farah_, ExportPart::posts).next;
  square_.run(end_session(app_, farah_, farah_.session));
  EXPECT_EQ(square_.refusal(export_slice(app_, farah_, ExportPart::posts, next)), RefusalKind::forbidden);
  const std::int64_t of_jack = slice(jack_, ExportPart::posts).next;
  square_.db().write_blocking([&](store::Write& write) { suspend(write, jack_.account); });
  EXPECT_EQ(square_.refusal(export_slice(app_, jack_, ExportPart::posts, of_jack)), RefusalKind::forbidden);
}

}  // namespace
}  // namespace hoopoe::app
