#include "app/erase.h"

#include <utility>
#include <vector>

#include "domain/post.h"
#include "store/accounts.h"
#include "store/favourites.h"
#include "store/notifications.h"
#include "store/outbox.h"
#include "store/posts.h"
#include "text/tags.h"

namespace hoopoe::app {

namespace {

// Whom the store may have told of a post: its author (favourites, reposts) and those it speaks to.
std::vector<AccountId> concerned(store::Read& read, const Post& post) {
  std::vector<AccountId> accounts{post.author};
  if (post.reply_to_author) accounts.push_back(post.reply_to_author);
  for (const AccountId named : store::posts::named_in(read, post.id)) accounts.push_back(named);
  return accounts;
}

// Some 10 ms of the writer's time. True when there may be more.
constexpr int reactions_per_write = 50;
bool erase_reactions(store::Write& write, PostId tombstone) {
  const std::vector<PostId> reposts = store::posts::reposts_of(write, tombstone, reactions_per_write);
  for (const PostId repost : reposts) erase_post(write, repost);
  const bool more = store::favourites::erase_of_post(write, tombstone, reactions_per_write);
  return more || reposts.size() == reactions_per_write;
}

}  // namespace

void erase_post(store::Write& write, PostId id) {
  const std::optional<Post> post = store::posts::find(write, id);
  if (!post || post->deleted) return;
  store::notifications::erase_about(write, concerned(write, *post), id);
  if (post->repost_of) {
    const std::optional<Post> original = store::posts::find(write, post->repost_of);
    if (original) {
      store::notifications::erase_cause(write, original->author, NotificationKind::repost, post->author,
                                        original->id);
    }
  }
  store::posts::erase(write, *post, text::folded_tags(post->text));
  if (is_for_all(post->visibility)) {
    store::accounts::add_to_count(write, post->author, store::accounts::Count::posts, -1);
  }
  store::outbox::append(write, EventKind::deleted, post->author, id, is_for_all(post->visibility) ? 1 : 0);
  if (erase_reactions(write, id)) store::posts::finish_later(write, id);
}

bool finish_post_erasures(store::Write& write) {
  const auto tombstone = store::posts::unfinished(write);
  if (!tombstone) return false;
  if (!erase_reactions(write, *tombstone)) store::posts::finish(write, *tombstone);
  return true;
}

}  // namespace hoopoe::app
