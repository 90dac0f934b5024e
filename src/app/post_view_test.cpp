#include "app/post_view.h"

#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/conversation.h"
#include "app/follow.h"
#include "app/notifications.h"
#include "app/publish.h"
#include "app/react.h"
#include "app/timelines.h"
#include "tests/support/test_square.h"

namespace hoopoe::app {
namespace {

using testing::HasSubstr;
using testing::Not;
using tests::refusal_of;

constexpr std::array visibilities{Visibility::everyone, Visibility::unlisted, Visibility::followers,
                                  Visibility::mentioned};

std::string words_of(const PostView& view) {
  return view.post->text + " " + view.post->warning + (view.original ? words_of(*view.original) : "") + "\n";
}
std::string words_of(const PostPage& page) {
  std::string words;
  for (const PostView& view : page.posts) words += words_of(view);
  return words;
}
std::string words_of(const std::vector<ConversationEntry>& entries) {
  std::string words;
  for (const ConversationEntry& entry : entries) words += entry.view ? words_of(*entry.view) : "";
  return words;
}

// mina writes posts of each visibility to omid; farah follows her, sara does not.
class WhoMayRead : public testing::Test {
 protected:
  WhoMayRead() {
    square_.run(follow(app_, farah_, mina_.account, {}));
    square_.run(follow(app_, sara_, farah_.account, {}));
    root_ = square_.publish(mina_, "root").post->id;
    square_.publish(omid_, "@mina we talk");
    for (const Visibility visibility : visibilities) {
      posts_.push_back(square_
                           .publish(mina_, {.text = "@omid " + canary(visibility) + " #garden",
                                            .warning = canary(visibility),
                                            .visibility = visibility,
                                            .reply_to = root_})
                           .post->id);
      square_.refusal(repost(app_, mina_, posts_.back(), Visibility::everyone));
      square_.refusal(repost(app_, farah_, posts_.back(), Visibility::everyone));
      square_.refusal(favourite(app_, omid_, posts_.back()));
    }
  }
  static std::string canary(Visibility visibility) {
    return "canary" + std::to_string(static_cast<int>(visibility)) + "x";
  }
  bool may(Viewer viewer, Visibility visibility) const {
    if (visibility < Visibility::followers) return true;
    const bool concerned = viewer && (viewer == mina_.account || viewer == omid_.account);
    return concerned || (visibility == Visibility::followers && viewer == farah_.account);
  }
  // All that the viewer is shown anywhere.
  std::string everything(Viewer viewer) {
    std::string words =
        words_of(public_timeline(app_, viewer, {})) + words_of(tag_timeline(app_, viewer, "garden", {}));
    for (const Actor& person : {mina_, farah_, omid_, sara_}) {
      words += words_of(author_timeline(app_, viewer, person.account, {}, {}));
      words += words_of(live_timeline(app_, viewer, person.account, {}));
      words += words_of(exchange(app_, viewer, mina_.account, person.account, {}));
    }
    const Conversation thread = conversation(app_, viewer, root_);
    words += words_of(thread.descendants);
    words += square_.db().read([&](store::Read& read) {
      std::string seen;
      for (const PostView& view : view_posts(read, viewer, posts_, Muted::shown)) seen += words_of(view);
      return seen;
    });
    if (!viewer) return words;
    for (const auto& told : notifications(app_, viewer, {}, {}).notifications) {
      if (told.post) words += words_of(*told.post);
    }
    return words + words_of(home(app_, viewer, {}));
  }

  tests::TestSquare square_;
  App& app_ = square_.app();
  const Actor mina_ = square_.person("mina");
  const Actor farah_ = square_.person("farah");
  const Actor omid_ = square_.person("omid");
  const Actor sara_ = square_.person("sara");
  PostId root_;
  std::vector<PostId> posts_;
};

TEST_F(WhoMayRead, every_surface_shows_what_one_may_read_and_nothing_else) {
  for (const Viewer viewer : {anonymous, mina_.account, farah_.account, omid_.account, sara_.account}) {
    const std::string words = everything(viewer);
    for (const Visibility visibility : visibilities) {
      if (may(viewer, visibility)) {
        EXPECT_THAT(words, HasSubstr(canary(visibility))) << viewer.value;
      } else {
        EXPECT_THAT(words, Not(HasSubstr(canary(visibility)))) << viewer.value;
      }
    }
  }
}

TEST_F(WhoMayRead, a_hidden_post_is_refused_as_if_it_did_not_exist_whatever_one_wants_of_it) {
  for (const Actor& actor : {mina_, farah_, omid_, sara_}) {
    for (const Visibility visibility : visibilities) {
      const PostId id = posts_[static_cast<std::size_t>(visibility)];
      const auto expected =
          may(actor.account, visibility) ? std::nullopt : std::optional(RefusalKind::not_found);
      EXPECT_EQ(refusal_of([&] { favourited_by(app_, actor.account, id, {}); }), expected);
      EXPECT_EQ(refusal_of([&] { reposted_by(app_, actor.account, id, {}); }), expected);
      EXPECT_EQ(refusal_of([&] { conversation(app_, actor.account, id); }), expected);
      EXPECT_EQ(square_.refusal(favourite(app_, actor, id)), expected);
      EXPECT_EQ(square_.refusal(undo_favourite(app_, actor, id)), expected);
      EXPECT_EQ(square_.refusal(publish(app_, actor, {.text = "re", .reply_to = id})), expected);
      if (actor.account != mina_.account) {
        EXPECT_EQ(square_.refusal(delete_post(app_, actor, id)), RefusalKind::not_found);
      }
    }
  }
}

TEST_F(WhoMayRead, public_counts_and_stubs_say_nothing_of_what_is_not_for_all) {
  square_.db().read([&](store::Read& read) {
    const PostView root = view_post(read, anonymous, root_);
    EXPECT_EQ(root.counts.replies, 2);
    EXPECT_EQ(root.author->counts.posts, 3 + 2) << "root, two replies, and her reposts of them";
  });
  EXPECT_EQ(conversation(app_, anonymous, root_).descendants.size(), 2U);
}

TEST_F(WhoMayRead, a_tombstone_says_that_it_is_gone_and_no_more) {
  square_.run(delete_post(app_, mina_, posts_[0]));
  square_.db().read([&](store::Read& read) {
    EXPECT_EQ(refusal_of([&] { view_post(read, anonymous, posts_[0]); }), RefusalKind::gone);
    EXPECT_TRUE(view_posts(read, mina_.account, {posts_[0]}, Muted::shown).empty());
  });
}

TEST_F(WhoMayRead, a_view_carries_the_viewers_own_flags_and_without_them_nobodys) {
  square_.db().read([&](store::Read& read) {
    const PostView seen = view_post(read, omid_.account, posts_[0]);
    EXPECT_TRUE(seen.favourited);
    EXPECT_FALSE(view_post(read, sara_.account, posts_[0]).favourited);
    EXPECT_FALSE(without_flags(seen).favourited);
    EXPECT_TRUE(view_post(read, farah_.account, posts_[0]).reposted);
    EXPECT_EQ(seen.counts.favourites, 1);
    EXPECT_EQ(seen.counts.reposts, 2);
  });
}

}  // namespace
}  // namespace hoopoe::app
