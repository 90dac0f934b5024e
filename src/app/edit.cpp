#include "app/edit.h"

#include <algorithm>

#include "app/compose.h"
#include "app/notify.h"
#include "app/photos.h"
#include "app/rules.h"
#include "app/standing.h"
#include "app/strangers.h"
#include "base/refusal.h"
#include "store/accounts.h"
#include "store/follows.h"
#include "store/outbox.h"
#include "store/posts.h"
#include "text/tags.h"

namespace hoopoe::app {

namespace {

// Those who reposted it and are told of other words, at most: a bound on the rows of one edit.
constexpr int told_max = 1000;

// A bound on what one history has to show; whoever changes more says something else.
constexpr int revisions_max = 100;

// Words stay with those whom they were for. Others see what was said from then on.
bool may_read_version(const History& history, Viewer viewer, const Revision& revision, bool follows_author) {
  const Post& post = *history.post.post;
  if (viewer == post.author || revision.number == post.revision) return true;
  if (revision.visibility > post.visibility || post.visibility == Visibility::mentioned) return false;
  return is_for_all(post.visibility) || follows_author;
}

bool is_same_photo(const Photo& one, const Photo& other) {
  return one.id == other.id && one.description == other.description && one.focus == other.focus;
}

bool is_as_before(const PostCard& before, const Post& after, const std::vector<Photo>& photos) {
  return std::ranges::equal(before.photos, photos, is_same_photo) && before.text == after.text &&
         before.warning == after.warning && before.sensitive == after.sensitive &&
         before.language == after.language && before.visibility == after.visibility;
}

// The draft says how widely it may be read at most.
Post revised(const Post& before, const Draft& draft, std::optional<Visibility> visibility) {
  Post post = before;
  post.text = draft.text;
  post.warning = draft.warning;
  post.sensitive = draft.sensitive || !draft.warning.empty();
  post.language = draft.language;
  post.visibility = std::max(visibility.value_or(before.visibility), draft.visibility);
  return post;
}

void count_change(store::Write& write, const Post& before, const Post& after) {
  const int change =
      static_cast<int>(is_for_all(after.visibility)) - static_cast<int>(is_for_all(before.visibility));
  if (change != 0) store::accounts::add_to_count(write, after.author, store::accounts::Count::posts, change);
}

std::vector<AccountId> without(std::vector<AccountId> accounts, const std::vector<AccountId>& others) {
  std::erase_if(accounts,
                [&](AccountId account) { return std::ranges::find(others, account) != others.end(); });
  return accounts;
}

void tell(store::Write& write, const Post& before, const Post& after,
          const std::vector<AccountId>& named_anew) {
  // Whoever can no longer read it must not go on showing it.
  if (after.visibility > before.visibility) {
    store::outbox::append(write, EventKind::deleted, after.author, after.id,
                          is_for_all(before.visibility) ? 1 : 0);
  }
  store::outbox::append(write, EventKind::edited, after.author, after.id);
  notify_named(write, after, named_anew);
  if (after.visibility < before.visibility) notify_answered(write, after);
  for (const auto& [id, account] : store::favourites::reposters_of(write, after.id, {.limit = told_max})) {
    if (!is_for_all(after.visibility) && !find_post(write, account, after.id)) continue;
    notify(write, account, NotificationKind::edit, after.author, after);
  }
}

// `edit` without its words, which are composed.
void revise(store::Write& write, const Actor& actor, PostId id, const Composed& composed, const Edit& edit,
            Strangers strangers) {
  require_may_publish(write, actor);
  const std::shared_ptr<const PostCard> found = view_post(write, actor.account, id).post;
  const PostCard& before = *found;
  if (before.author != actor.account || before.repost_of) {
    throw Refusal(RefusalKind::not_found, "Record not found");
  }
  const Post wanted = revised(before, composed.draft, edit.visibility);
  const std::vector<Photo> photos =
      edit.photos ? choose_photos(write, actor.account, *edit.photos, &before) : before.photos;
  if (is_as_before(before, wanted, photos)) return;
  if (before.revision + 1 >= revisions_max) {
    throw Refusal(RefusalKind::invalid,
                  "Validation failed: This post was edited too often. Write a new one.");
  }
  const std::vector<AccountId> named_before = store::posts::named_in(write, id);
  const std::vector<AccountId> named = accounts_of(mentions_of(write, composed));
  const std::vector<AccountId> named_anew = without(named, named_before);
  if (strangers == Strangers::bounded) count_strangers(write, actor, named_anew);
  const Post after = store::posts::revise(
      write, before, text::folded_tags(before.text),
      {.post = wanted, .person = actor.person, .mentions = named, .tags = composed.tags, .photos = photos});
  count_change(write, before, after);
  tell(write, before, after, named_anew);
}

}  // namespace

net::Task<PostView> edit_post(App& app, Actor actor, PostId id, Edit edit) {
  // Words may be none where there are photos. Those that the rules see are those that are shown.
  std::vector<ChosenPhoto> photos = app.db.read([&](store::Read& read) {
    const auto before = view_post(read, actor.account, id).post;
    return edit.photos ? with_words(read, actor.account, *edit.photos, before.get())
                       : as_chosen(before->photos);
  });
  if (edit.photos) edit.photos = photos;
  Composed composed = compose(app, {.text = std::move(edit.text),
                                    .warning = std::move(edit.warning),
                                    .sensitive = edit.sensitive,
                                    .language = std::move(edit.language),
                                    .photos = std::move(photos)});
  const auto rule = app.db.read([&](store::Read& read) { return broken_rule(read, actor, composed.draft); });
  // What stands there can't wait for a moderator.
  if (rule && rule->act != RuleAct::limit) refuse_by(*rule);
  if (rule) composed.draft.visibility = Visibility::unlisted;
  co_await app.db.write(
      [&](store::Write& write) { revise(write, actor, id, composed, edit, strangers_for(app)); });
  co_return app.db.read([&](store::Read& read) { return view_post(read, actor.account, id); });
}

History history(App& app, Viewer viewer, PostId id) {
  return app.db.read([&](store::Read& read) {
    History found{.post = view_post(read, viewer, id).shown(), .versions = {}};
    const bool follows =
        viewer && !store::follows::followed_among(read, viewer, {found.post.post->author}).empty();
    const std::vector<Revision> revisions = store::posts::revisions(read, found.post.post->id);
    for (std::size_t i = 0; i < revisions.size(); ++i) {
      if (!may_read_version(found, viewer, revisions[i], follows)) continue;
      const auto until = i + 1 < revisions.size() ? std::optional(revisions[i + 1].created) : std::nullopt;
      found.versions.push_back(
          {.revision = revisions[i],
           .tally = store::favourites::tally(read, found.post.post->id, revisions[i].created, until)});
    }
    return found;
  });
}

}  // namespace hoopoe::app
