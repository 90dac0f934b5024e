#include "app/erase.h"

#include <utility>
#include <vector>

#include "domain/post.h"
#include "store/accounts.h"
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

}  // namespace

void erase_post(store::Write& write, PostId id) {
  const std::optional<Post> post = store::posts::find(write, id);
  if (!post || post->deleted) return;
  for (const PostId repost : store::posts::reposts_of(write, id)) erase_post(write, repost);
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
}

}  // namespace hoopoe::app
