#pragma once

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "app/accounts.h"
#include "app/block.h"
#include "app/edit.h"
#include "app/follow.h"
#include "app/keep.h"
#include "app/moderate.h"
#include "app/occasions.h"
#include "app/photos.h"
#include "app/publish.h"
#include "app/react.h"
#include "app/replies.h"
#include "app/rules.h"
#include "store/held_posts.h"
#include "store/posting_rules.h"
#include "store/posts.h"
#include "tests/support/pictures.h"
#include "tests/support/test_square.h"

namespace hoopoe::tests {

// What people might do in a square, the same for the same seed. What is refused changes nothing and is tried.
// All that they write has a number in it, as "canary17.", by which it is known wherever it turns up.
class RandomHistory {
 public:
  RandomHistory(TestSquare& square, unsigned seed) : square_(square), random_(seed) {
    for (const char* handle : {"jack", "farah", "sara", "reza", "mina", "omid"}) {
      people_.push_back(square.person(handle));
    }
  }

  const std::vector<app::Actor>& people() const { return people_; }
  const std::vector<PostId>& posts() const { return posts_; }
  PostId occasion() const { return occasion_; }
  // The post that has said the words with this number, none when they were refused or wait for a moderator;
  // who wrote them, and for whom.
  struct Words {
    PostId post;
    AccountId author;
    Visibility visibility = Visibility::everyone;
    bool are_newest = true;
  };
  Words words(std::size_t canary) const { return canary < words_.size() ? words_[canary] : Words{}; }
  std::mt19937& random() { return random_; }

  // One deed. Gives the post or repost that it published, if it did.
  PostId step() {
    square_.clock().advance(milliseconds(random_() % 5000));
    PostId made;
    refusal_of([&] { made = act(); });
    // A repost that is there already is given again.
    if (!made || std::ranges::find(posts_, made) != posts_.end()) return {};
    posts_.push_back(made);
    return made;
  }

 private:
  PostId act() {
    app::App& app = square_.app();
    const app::Actor& actor = someone();
    const unsigned deed = random_() % 119;
    if (deed < 25) return publish(actor, {});
    if (deed < 45) return publish(actor, some_post());
    if (deed < 57)
      return reposted_ = square_.run(app::repost(app, actor, some_post(), some_visibility())).post->id;
    if (deed == 57) edit(actor, some_post());
    if (deed >= 113 && deed < 117) edit_as_author(random_() % 2 == 0 ? some_post() : reposted_);
    if (deed == 58) square_.run(app::bookmark(app, actor, some_post()));
    if (deed == 59) square_.run(app::undo_repost(app, actor, some_post()));
    if (deed >= 60 && deed < 68) square_.run(app::favourite(app, actor, some_post()));
    if (deed >= 68 && deed < 71) square_.run(app::undo_favourite(app, actor, some_post()));
    if (deed >= 71 && deed < 85) {
      square_.run(app::follow(app, actor, someone().account, {.reposts_shown = random_() % 3 != 0}));
    }
    if (deed >= 85 && deed < 88) square_.run(app::unfollow(app, actor, someone().account));
    if (deed == 88) square_.run(app::block(app, actor, someone().account));
    if (deed == 89) square_.run(app::unblock(app, actor, someone().account));
    if (deed == 90) square_.run(app::mute(app, actor, someone().account, some_mute()));
    if (deed == 91) square_.run(app::unmute(app, actor, someone().account));
    if (deed == 92) square_.run(app::update_profile(app, actor, {.locked = random_() % 2 == 0}));
    if (deed == 93) {
      square_.run(
          app::answer_follow_request(app, actor, someone().account,
                                     random_() % 2 == 0 ? app::Verdict::accepted : app::Verdict::rejected));
    }
    if (deed == 94) square_.run(app::delete_post(app, actor, some_post(), app::PhotosThen::withdrawn));
    if (deed == 95) return publish(actor, {}, some_post());
    if (deed == 96 || deed == 97) square_.run(app::delete_post(app, actor, some_post()));
    if (deed == 98) moderate(app::take_down_post, some_post());
    if (deed == 99) moderate(app::restore_post, some_post());
    if (deed == 100) moderate(app::limit_account, someone().account);
    if (deed == 101) moderate(app::unlimit_account, someone().account);
    if (deed == 102 && random_() % 3 == 0) moderate(app::suspend_account, someone().account);
    if (deed == 106) {
      square_.run(app::set_reply(app, actor, some_post(),
                                 random_() % 4 == 0 ? app::Reply::shown : app::Reply::hidden));
    }
    if (deed >= 103 && deed < 106) moderate(app::unsuspend_account, someone().account);
    if (deed == 107) moderate_rules();
    if (deed == 117 || deed == 118) plan_occasion(random_() % 2 == 0 && occasion_ ? occasion_ : some_post());
    if (deed >= 108 && deed < 113) return judge_held();
    return {};
  }
  PostId publish(const app::Actor& actor, PostId reply_to, PostId replaced = {}) {
    const auto made = square_.run(app::publish(square_.app(), actor, draft(actor, reply_to), replaced)).post;
    words_.back().post = made->id;
    words_.back().visibility = made->visibility;
    return made->id;
  }
  void edit(const app::Actor& actor, PostId id) {
    const Draft words = draft(actor, {});
    const app::PostView view = square_.run(app::edit_post(square_.app(), actor, id,
                                                          {.text = words.text,
                                                           .warning = words.warning,
                                                           .language = "",
                                                           .visibility = words.visibility,
                                                           .photos = words.photos}));
    for (Words& before : words_) before.are_newest = before.are_newest && before.post != id;
    words_.back().post = id;
    words_.back().visibility = view.post->visibility;
  }
  void plan_occasion(PostId id) {
    app::OccasionPlan plan{.speakers = {}, .over = random_() % 3 == 0};
    for (const char* handle : {"jack", "sara", "mina", "omid"}) {
      if (random_() % 2 == 0) plan.speakers.emplace_back(handle);
    }
    if (const app::Actor* author = author_of(id)) {
      square_.run(app::plan_occasion(square_.app(), *author, id, plan));
      occasion_ = id;
    }
  }
  // The post, or what it reposts.
  void edit_as_author(PostId id) {
    const PostId original =
        square_.db().read([&](store::Read& read) { return store::posts::original_of(read, id); });
    if (const app::Actor* author = author_of(original)) edit(*author, original);
  }
  const app::Actor* author_of(PostId id) const {
    const auto post = square_.db().read([&](store::Read& read) { return store::posts::find(read, id); });
    const auto author = post ? std::ranges::find(people_, post->author, &app::Actor::account) : people_.end();
    return author == people_.end() ? nullptr : &*author;
  }
  // At most one rule at a time, or nothing would be said any more.
  void moderate_rules() {
    const auto act = static_cast<RuleAct>(random_() % 3);
    const std::vector<PostingRule> rules{{.act = act, .words = {"tea"}},
                                         {.act = act, .words = {"spring"}},
                                         {.act = act, .mentions = 2},
                                         {.act = act, .words = {"long"}}};
    const PostingRule& rule = rules[random_() % rules.size()];
    square_.db().write_blocking([&](store::Write& write) {
      const auto there = store::posting_rules::list(write);
      if (there.empty()) {
        app::add_rule(write, rule, {});
      } else {
        app::remove_rule(write, there.front().id, {});
      }
    });
  }
  PostId judge_held() {
    return square_.db().write_blocking([&](store::Write& write) -> PostId {
      const auto waiting = store::held_posts::list(write, {}, 100);
      if (waiting.empty()) return {};
      const HeldPost& held = waiting[random_() % waiting.size()];
      if (random_() % 3 == 0) {
        app::turn_down_post(write, held.id, {});
        return {};
      }
      const PostId made = app::release_post(square_.app(), write, held.id, {});
      const std::string& text = held.draft.text;
      words_[std::stoul(text.substr(text.find("canary") + 6))].post = made;
      return made;
    });
  }
  template <class Id>
  void moderate(void (*act)(store::Write&, Id, const app::Moderation&), Id on) {
    square_.db().write_blocking([&](store::Write& write) { act(write, on, {.by = {}, .reason = "why"}); });
  }
  Draft draft(const app::Actor& author, PostId reply_to) {
    static const std::vector<std::string> texts{"hello #spring", "@jack do you read this?",
                                                "@sara @omid #Spring", "tea", "#sea #Sky @farah"};
    const std::string canary = " canary" + std::to_string(words_.size()) + ".";
    Draft draft{.text = texts[random_() % texts.size()] + canary,
                .visibility = some_visibility(),
                .reply_to = reply_to};
    words_.push_back({.post = {}, .author = author.account, .visibility = draft.visibility});
    if (random_() % 5 == 0) draft.reply_rule = static_cast<ReplyRule>(random_() % 3);
    if (random_() % 4 == 0) draft.warning = "long" + canary;
    if (random_() % 5 == 0) draft.photos.push_back({.id = upload(author, "a photo" + canary)});
    return draft;
  }
  PhotoId upload(const app::Actor& by, std::string description) {
    static const std::string picture = one_colour(8, 8);
    return square_
        .run(app::upload_photo(square_.app(), by, picture,
                               {.description = std::move(description), .focus = {}}))
        .id;
  }
  Mute some_mute() {
    Mute mute{.notifications_hidden = random_() % 2 == 0, .expires = std::nullopt};
    if (random_() % 2 == 0) mute.expires = square_.clock().now() + std::chrono::seconds(random_() % 60);
    return mute;
  }
  const app::Actor& someone() { return people_[random_() % people_.size()]; }
  PostId some_post() {
    return posts_.empty() ? PostId{1}
                          : posts_[posts_.size() - 1 - random_() % std::min<std::size_t>(posts_.size(), 30)];
  }
  Visibility some_visibility() {
    const unsigned kind = random_() % 8;
    return kind < 4 ? Visibility::everyone : static_cast<Visibility>(kind % 4);
  }

  TestSquare& square_;
  std::mt19937 random_;
  std::vector<app::Actor> people_;
  PostId reposted_;  // the newest repost
  PostId occasion_;  // the newest
  std::vector<PostId> posts_;
  std::vector<Words> words_;
};

}  // namespace hoopoe::tests
