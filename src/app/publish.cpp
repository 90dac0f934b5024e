#include "app/publish.h"

#include <algorithm>

#include "app/accounts.h"
#include "app/compose.h"
#include "app/erase.h"
#include "app/notify.h"
#include "app/photos.h"
#include "app/replies.h"
#include "app/rules.h"
#include "app/standing.h"
#include "app/strangers.h"
#include "base/refusal.h"
#include "store/accounts.h"
#include "store/follows.h"
#include "store/held_posts.h"
#include "store/mutes.h"
#include "store/oauth.h"
#include "store/outbox.h"
#include "store/posts.h"

namespace hoopoe::app {

namespace {

// Who asked to be told of somebody's posts, at most: a bound on the rows of one post.
constexpr int told_max = 1000;

void notify_who_asked(store::Write& write, const Post& post) {
  if (post.reply_to || !is_for_all(post.visibility)) return;
  for (const AccountId account : store::follows::to_be_told(write, post.author, told_max)) {
    notify(write, account, NotificationKind::post, post.author, post);
  }
}

std::vector<AccountId> addressed_by(const store::posts::NewPost& fresh) {
  std::vector<AccountId> addressed = fresh.mentions;
  const AccountId answered = fresh.post.reply_to_author;
  if (answered && std::ranges::find(addressed, answered) == addressed.end()) {
    addressed.push_back(answered);
  }
  return addressed;
}

// By this very wish.
std::optional<PostView> find_made(store::Read& read, const Actor& actor, const Draft& draft) {
  if (draft.idempotency_key.empty()) return std::nullopt;
  const auto made =
      store::posts::find_by_idempotency_key(read, actor.account, draft.idempotency_key, read.now());
  return made ? std::optional(view_post(read, actor.account, *made)) : std::nullopt;
}

// What an answer shows of a post's author, and of the program that it was written with: as it was just before
// the write, so that of two posts at once each is counted without the other.
struct Byline {
  Account author;
  std::optional<PostCard::Client> written_with;
};

Byline byline_of(store::Read& read, const Actor& actor) {
  // Who has no account any more is refused by the write.
  Byline byline{.author = store::accounts::find(read, actor.account).value_or(Account{}), .written_with = {}};
  const auto client = actor.client ? store::oauth::find_client(read, actor.client) : std::nullopt;
  if (client) byline.written_with = PostCard::Client{.name = client->name, .website = client->website};
  return byline;
}

// As its author sees it who has just made it: all that it shows is known, so that nothing is read again.
PostView view_made(store::Read& read, const Post& post, std::vector<Mention> mentions,
                   std::vector<Photo> photos, const Byline& byline) {
  PostCard card = card_of(post);
  card.mentions = std::move(mentions);
  card.photos = std::move(photos);
  card.written_with = byline.written_with;
  Account author = byline.author;
  if (is_for_all(post.visibility)) {
    ++author.counts.posts;
    author.counts.last_post = post.created;
  }
  PostView view = fresh_view(std::move(card), std::move(author));
  view.muted =
      post.reply_to && !store::mutes::muted_conversations_among(read, post.author, {post.root}).empty();
  return view;
}

// That waited as `held_post`, or for nobody.
PostView insert_post(store::Write& write, const Actor& actor, const Composed& composed, const Byline& byline,
                     Strangers strangers, HeldPostId held_post = {}) {
  const Draft& draft = composed.draft;
  require_may_publish(write, actor);
  if (auto made = find_made(write, actor, draft)) return *std::move(made);
  std::vector<Mention> mentions = mentions_of(write, composed);
  store::posts::NewPost fresh{
      .post = {.author = actor.account,
               .reply_to = draft.reply_to,
               .visibility = draft.visibility,
               .sensitive = draft.sensitive || !draft.warning.empty(),
               .warning = draft.warning,
               .reply_rule = draft.reply_rule,
               .language = draft.language,
               .text = draft.text,
               .client = actor.client},
      .person = actor.person,
      .mentions = accounts_of(mentions),
      .tags = composed.tags,
      .photos = choose_photos(write, actor.account, draft.photos, nullptr, held_post),
  };
  if (draft.reply_to) {
    // Who answers a repost answers what it shows.
    const PostView answered = view_post(write, actor.account, draft.reply_to);
    fresh.post.reply_to = answered.shown().post->id;
    fresh.post.reply_to_author = answered.shown().post->author;
    require_may_reply(write, actor.account, fresh.post.reply_to);
  }
  if (strangers == Strangers::bounded) count_strangers(write, actor, addressed_by(fresh));
  std::vector<Photo> photos = fresh.photos;
  const Post post = store::posts::insert(write, std::move(fresh));
  if (is_for_all(post.visibility)) {
    store::accounts::add_post(write, post.author, post.created);
  }
  store::outbox::append(write, EventKind::published, post.author, post.id);
  notify_named(write, post, accounts_of(mentions));
  notify_answered(write, post);
  notify_who_asked(write, post);
  if (!draft.idempotency_key.empty()) {
    store::posts::insert_idempotency_key(write, actor.account, draft.idempotency_key, post.id);
  }
  return view_made(write, post, std::move(mentions), std::move(photos), byline);
}

// Refuses what is not the actor's own, as view_post() does, or as if there were no such post.
Post require_own(store::Read& read, const Actor& actor, PostId id) {
  auto post = store::posts::find(read, id);
  if (!post || post->deleted || post->author != actor.account) {
    view_post(read, actor.account, id);
    throw Refusal(RefusalKind::not_found, "Record not found");
  }
  return *std::move(post);
}

// Its photos are free for another post.
void take_back(store::Write& write, const Actor& actor, PostId replaced) {
  require_may_publish(write, actor);
  const auto post = store::posts::find(write, replaced);
  if (post && post->deleted && post->author == actor.account) return;
  require_own(write, actor, replaced);
  withdraw_photos(write, replaced);
  erase_post(write, replaced);
}

// Does what the rule says, or refuses.
net::Task<void> obey(App& app, const PostingRule& rule, const Actor& actor, Draft& draft, PostId replaced) {
  if (rule.act == RuleAct::limit) {
    draft.visibility = std::max(draft.visibility, Visibility::unlisted);
    co_return;
  }
  // What is for few no moderator may read, and so none could release.
  if (rule.act == RuleAct::refuse || !is_for_all(draft.visibility)) refuse_by(rule);
  co_await app.db.write([&](store::Write& write) {
    if (replaced) take_back(write, actor, replaced);
    hold_post(write, actor, draft);
  });
  throw Refusal(RefusalKind::held,
                "A moderator reads this before it appears. There is no need to send it again.");
}

}  // namespace

net::Task<PostView> publish(App& app, Actor actor, Draft draft, PostId replaced) {
  Composed composed = compose(app, std::move(draft));
  std::optional<PostView> made;
  std::optional<PostingRule> rule;
  std::optional<Byline> byline;
  app.db.read([&](store::Read& read) {
    made = find_made(read, actor, composed.draft);
    if (made) return;
    // The words that the rules see are those that are shown, whatever is changed meanwhile.
    composed.draft.photos = with_words(read, actor.account, std::move(composed.draft.photos));
    rule = broken_rule(read, actor, composed.draft);
    byline = byline_of(read, actor);
  });
  // No write then: the key may have its end before that, and what is said has not met the rules.
  if (made) co_return *std::move(made);
  if (rule) co_await obey(app, *rule, actor, composed.draft, replaced);
  co_return co_await app.db.write([&](store::Write& write) {
    if (replaced) {
      take_back(write, actor, replaced);
      byline = byline_of(write, actor);  // one post less
    }
    return insert_post(write, actor, composed, *byline, strangers_for(app));
  });
}

PostId release_post(const App& app, store::Write& write, HeldPostId id, const Moderation& act) {
  const auto held = store::held_posts::find(write, id);
  if (!held) throw Refusal(RefusalKind::not_found, "There is no such post that waits.");
  const PostId answered = held->draft.reply_to;
  if (answered && !find_post(write, held->author, answered)) {
    throw Refusal(RefusalKind::invalid, "What this post answers is no longer there for its author.");
  }
  Composed composed = compose(app, held->draft);
  record(write, "release", held->author, act);
  // The moderator has seen to whom it speaks.
  const Actor author{.person = held->person, .account = held->author, .client = held->draft.client};
  // What else was sent under its key since is another post.
  std::string& key = composed.draft.idempotency_key;
  if (store::posts::find_by_idempotency_key(write, author.account, key, write.now())) key.clear();
  const PostId made =
      insert_post(write, author, composed, byline_of(write, author), Strangers::unbounded, id).post->id;
  store::held_posts::erase(write, id);
  return made;
}

net::Task<PostView> delete_post(App& app, Actor actor, PostId id, PhotosThen photos) {
  co_return co_await app.db.write([&](store::Write& write) {
    require_may_publish(write, actor);
    const Post post = require_own(write, actor, id);
    // Before the post is read: what is returned has the new names.
    if (photos == PhotosThen::withdrawn) withdraw_photos(write, id);
    // A repost of what they can no longer read is shown without it.
    auto view = find_post(write, actor.account, id);
    if (!view) view = fresh_view(card_of(post), require_shown(write, actor.account));
    erase_post(write, id);
    return *std::move(view);
  });
}

}  // namespace hoopoe::app
