#include "app/occasions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/accounts.h"
#include "app/block.h"
#include "app/edit.h"
#include "app/moderate.h"
#include "app/publish.h"
#include "app/react.h"
#include "tests/support/live_reader.h"
#include "tests/support/test_square.h"

namespace hoopoe::app {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class OccasionsTest : public testing::Test {
 protected:
  PostId say(const Actor& actor, std::string_view text, Visibility visibility = Visibility::everyone) {
    square_.clock().advance(std::chrono::seconds(1));
    return square_.publish(actor, {.text = std::string(text), .visibility = visibility}).post->id;
  }
  std::optional<RefusalKind> refused(const Actor& actor, PostId summary, std::vector<std::string> speakers) {
    return square_.refusal(plan_occasion(app_, actor, summary, {.speakers = std::move(speakers)}));
  }
  void plan(PostId summary, std::vector<std::string> speakers, bool over = false) {
    square_.clock().advance(std::chrono::seconds(1));
    square_.run(plan_occasion(app_, mina_, summary, {.speakers = std::move(speakers), .over = over}));
  }
  std::vector<PostId> listed(PostId summary, const Page& page = {}, Viewer viewer = anonymous) {
    const auto event = find_occasion(app_, viewer, summary);
    if (!event) return {};
    std::vector<PostId> ids;
    for (const PostView& view : occasion_timeline(app_, viewer, event->occasion, page).posts) {
      ids.push_back(view.post->id);
    }
    return ids;
  }
  std::vector<std::string> speakers(PostId summary) {
    std::vector<std::string> handles;
    const auto event = find_occasion(app_, anonymous, summary);
    if (!event) return {};
    for (const Account& account : event->speakers) handles.push_back(account.handle);
    return handles;
  }

  tests::TestSquare square_;
  App& app_ = square_.app();
  const Actor mina_ = square_.person("mina");
  const Actor jack_ = square_.person("jack");
  const Actor farah_ = square_.person("farah");
  const Actor omid_ = square_.person("omid");
};

TEST_F(OccasionsTest, lists_what_its_speakers_say_for_all_between_the_summary_and_the_end) {
  say(jack_, "before");
  const PostId summary = say(mina_, "The debate of today");
  EXPECT_FALSE(find_occasion(app_, anonymous, summary));
  const PostId first = say(jack_, "said before it was planned");
  plan(summary, {"@jack", "FARAH", "jack"});
  const PostId answer = square_.publish(farah_, "@jack no", first).post->id;
  const PostId unlisted = say(farah_, "between us", Visibility::unlisted);
  say(farah_, "for friends", Visibility::followers);
  say(omid_, "from the street");
  say(mina_, "the holder is no speaker");
  square_.run(repost(app_, jack_, unlisted, Visibility::everyone));
  EXPECT_THAT(listed(summary), ElementsAre(unlisted, answer, first));
  EXPECT_THAT(listed(summary, {.limit = 1}), ElementsAre(unlisted));
  EXPECT_THAT(listed(summary, {.max_id = unlisted.value, .limit = 1}), ElementsAre(answer));
  EXPECT_THAT(listed(summary, {.min_id = 1, .limit = 1}), ElementsAre(first));
  EXPECT_THAT(speakers(summary), ElementsAre("jack", "farah"));

  plan(summary, {"jack", "farah"}, true);
  const PostId late = say(jack_, "and another thing");
  EXPECT_THAT(listed(summary), ElementsAre(unlisted, answer, first));
  plan(summary, {"jack"}, true);
  EXPECT_THAT(listed(summary), ElementsAre(first)) << "it ended when it did";
  plan(summary, {"jack"});
  EXPECT_THAT(listed(summary), ElementsAre(late, first)) << "it goes on";
  plan(summary, {});
  EXPECT_FALSE(find_occasion(app_, anonymous, summary));
}

TEST_F(OccasionsTest, is_planned_by_who_wrote_the_summary_alone_and_for_all_to_read) {
  const PostId summary = say(mina_, "The debate of today");
  EXPECT_EQ(refused(jack_, summary, {"jack"}), RefusalKind::not_found);
  EXPECT_EQ(refused(mina_, PostId{7}, {"jack"}), RefusalKind::not_found);
  EXPECT_EQ(refused(mina_, summary, {"jack", "nobody"}), RefusalKind::invalid);
  EXPECT_EQ(refused(mina_, summary, {"jack@elsewhere.example"}), RefusalKind::invalid);
  EXPECT_EQ(refused(mina_, summary, std::vector<std::string>(speakers_max + 1, "jack")),
            RefusalKind::invalid);
  EXPECT_EQ(refused(mina_, say(mina_, "friends", Visibility::followers), {"jack"}), RefusalKind::invalid);
  const PostId repost = square_.run(app::repost(app_, mina_, say(jack_, "x"), Visibility::everyone)).post->id;
  EXPECT_EQ(refused(mina_, repost, {"jack"}), RefusalKind::not_found);
  EXPECT_FALSE(find_occasion(app_, anonymous, summary)) << "nothing is left of what was refused";
}

TEST_F(OccasionsTest, goes_with_its_summary_and_shows_nobody_who_is_hidden) {
  const PostId summary = say(mina_, "The debate of today");
  plan(summary, {"jack", "farah", "omid"});
  say(jack_, "one");
  say(farah_, "two");
  const PostId three = say(omid_, "three");
  square_.run(block(app_, farah_, mina_.account));
  square_.db().write_blocking(
      [&](store::Write& write) { suspend_account(write, jack_.account, {.by = {}, .reason = "why"}); });
  EXPECT_THAT(listed(summary), ElementsAre(three));
  EXPECT_THAT(speakers(summary), ElementsAre("omid"));
  // Whom the holder has blocked cannot look at the page, nor be put on one.
  const Actor sara = square_.person("sara");
  say(sara, "four");
  plan(summary, {"farah", "omid", "sara"});
  EXPECT_THAT(speakers(summary), ElementsAre("omid", "sara"));
  square_.run(block(app_, mina_, sara.account));
  EXPECT_THAT(listed(summary), ElementsAre(three));
  const Actor reza = square_.person("reza");
  square_.run(block(app_, omid_, reza.account));
  EXPECT_THAT(listed(summary, {}, reza.account), IsEmpty());

  square_.run(edit_post(app_, mina_, summary, {.text = "friends", .visibility = Visibility::followers}));
  EXPECT_FALSE(find_occasion(app_, mina_.account, summary));
  EXPECT_EQ(tests::refusal_of([&] { find_occasion(app_, anonymous, summary); }), RefusalKind::not_found);
  square_.run(edit_post(app_, mina_, summary, {.text = "all", .visibility = Visibility::everyone}));
  EXPECT_THAT(listed(summary), ElementsAre(three));
  square_.run(delete_post(app_, mina_, summary));
  EXPECT_EQ(tests::refusal_of([&] { find_occasion(app_, anonymous, summary); }), RefusalKind::gone);
  EXPECT_EQ(square_.db().read([](store::Read& read) {
    return read.values<PostId>("select post_id from occasion_speakers union select post_id from occasions")
        .size();
  }),
            0U);
}

TEST_F(OccasionsTest, who_is_suspended_for_a_while_is_not_forgotten) {
  const PostId summary = say(mina_, "The debate of today");
  plan(summary, {"jack@square.test", "farah"});
  const PostId said = say(jack_, "one");
  const auto moderate = [&](void (*act)(store::Write&, AccountId, const Moderation&)) {
    square_.db().write_blocking(
        [&](store::Write& write) { act(write, jack_.account, {.by = {}, .reason = "why"}); });
  };
  moderate(suspend_account);
  plan(summary, {"farah"}, true);
  moderate(unsuspend_account);
  EXPECT_THAT(listed(summary), ElementsAre(said));
}

TEST_F(OccasionsTest, its_stream_tells_what_the_page_would_show_and_that_it_goes_on_otherwise) {
  square_.live().start();
  const PostId summary = say(mina_, "The debate of today");
  plan(summary, {"jack"});
  tests::LiveReader reader(square_.live(),
                           {.kind = Channel::Kind::occasion, .account = {}, .tag = {}, .occasion = summary});
  const auto heard = [&] {
    tests::settle(square_.live());
    return reader.take();
  };
  heard();
  const PostId first = say(jack_, "first");
  say(farah_, "not on the page");
  say(jack_, "for friends", Visibility::followers);
  square_.run(repost(app_, jack_, summary, Visibility::everyone));
  EXPECT_THAT(heard(), ElementsAre("published " + first.str()));
  square_.run(edit_post(app_, mina_, summary, {.text = "So far: first."}));
  EXPECT_THAT(heard(), ElementsAre("edited " + summary.str()));
  plan(summary, {"jack"});
  EXPECT_THAT(heard(), IsEmpty()) << "nothing is new";
  plan(summary, {"jack", "farah"}, true);
  EXPECT_THAT(heard(), ElementsAre("replanned " + summary.str()));
  say(jack_, "too late");
  EXPECT_THAT(heard(), IsEmpty());
  square_.run(edit_post(app_, jack_, first, {.text = "First."}));
  EXPECT_THAT(heard(), ElementsAre("edited " + first.str()));
  square_.run(delete_post(app_, jack_, first));
  EXPECT_THAT(heard(), ElementsAre("deleted " + first.str()));
}

}  // namespace
}  // namespace hoopoe::app
