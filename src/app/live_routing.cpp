#include "app/live_routing.h"

#include <algorithm>

#include "store/blocks.h"
#include "store/occasions.h"
#include "store/posts.h"
#include "store/timelines.h"
#include "text/tags.h"

namespace hoopoe::app {

namespace {

using Kind = Channel::Kind;

std::string key_of(Kind kind, AccountId account = {}) {
  return Channel{.kind = kind, .account = account, .tag = {}}.key();
}

std::string key_of(PostId occasion) {
  return Channel{.kind = Kind::occasion, .account = {}, .tag = {}, .occasion = occasion}.key();
}

// The same posts that store::timelines::everyone and ::tagged list.
void add_public_channels(const PostView& view, std::vector<std::string>& keys) {
  const Post& post = *view.post;
  if (post.visibility != Visibility::everyone || post.repost_of || view.author->limited) return;
  keys.push_back(key_of(Kind::everyone));
  for (const std::string& tag : text::folded_tags(post.text)) {
    keys.push_back(Channel{.kind = Kind::tag, .account = {}, .tag = tag}.key());
  }
}

// The same posts that store::timelines::live lists.
void add_account_channels(store::Read& read, const PostView& view, std::vector<std::string>& keys) {
  if (!is_for_all(view.post->visibility)) return;
  keys.push_back(key_of(Kind::account, view.post->author));
  std::vector<AccountId> addressees;
  addressees.reserve(view.post->mentions.size() + 1);
  for (const Mention& mention : view.post->mentions) addressees.push_back(mention.account);
  if (view.post->reply_to_author) addressees.push_back(view.post->reply_to_author);
  for (const AccountId addressee : addressees) {
    if (addressee != view.post->author && store::posts::has_addressed(read, addressee, view.post->author) &&
        !store::blocks::has(read, addressee, view.post->author)) {
      keys.push_back(key_of(Kind::account, addressee));
    }
  }
}

// The same posts that app::occasion_timeline lists, and the summary itself.
void add_occasion_channels(store::Read& read, const PostView& view, const std::vector<PostId>& occasions,
                           std::vector<std::string>& keys) {
  const Post& post = *view.post;
  if (!is_for_all(post.visibility) || post.repost_of) return;
  if (std::ranges::find(occasions, post.id) != occasions.end()) keys.push_back(key_of(post.id));
  for (const PostId joined : store::occasions::joined(read, occasions, post)) keys.push_back(key_of(joined));
}

std::vector<std::string> route_published(store::Read& read, const PostView& view, const Audience& audience) {
  std::vector<std::string> keys;
  add_public_channels(view, keys);
  add_account_channels(read, view, keys);
  add_occasion_channels(read, view, audience.occasions, keys);
  for (const AccountId reader : store::timelines::home_readers(read, *view.post, audience.homes)) {
    keys.push_back(key_of(Kind::home, reader));
  }
  return keys;
}

// That a post is gone concerns those whose home it was in; public channels, see LiveHub.
std::vector<std::string> route_deleted(store::Read& read, const Event& row, const Audience& audience) {
  std::vector<std::string> keys;
  const auto post = store::posts::find(read, row.post);
  if (!post) return keys;
  for (const AccountId reader : store::timelines::home_readers(read, *post, audience.homes)) {
    keys.push_back(key_of(Kind::home, reader));
  }
  return keys;
}

// A repost goes to those who may read it: they must be among those whom the original is for, also once that
// was edited to be for fewer.
bool is_for_readers_of(const PostView& view) {
  if (!view.original || is_for_all(view.original->post->visibility)) return true;
  const Post& original = *view.original->post;
  return original.visibility == Visibility::followers && view.post->visibility == Visibility::followers &&
         view.post->author == original.author;
}

}  // namespace

std::optional<LiveEvent> load_event(store::Read& read, const Event& event) {
  LiveEvent loaded{.id = event.id, .kind = event.kind, .post_id = event.post, .post = {}, .notification = {}};
  if (event.kind == EventKind::published || event.kind == EventKind::edited) {
    std::vector<PostView> views = view_posts(read, event.account, {event.post}, Muted::shown);
    if (views.empty() || !is_for_readers_of(views.front())) return std::nullopt;
    loaded.post = std::make_shared<const PostView>(without_flags(std::move(views.front())));
  }
  if (event.kind == EventKind::notified) {
    auto view = find_notification(read, event.account, NotificationId{event.other});
    if (!view) return std::nullopt;
    loaded.notification = std::make_shared<const NotificationView>(*std::move(view));
  }
  return loaded;
}

std::vector<std::string> route(store::Read& read, const Event& row, const LiveEvent& event,
                               const Audience& audience) {
  switch (row.kind) {
    case EventKind::published:
    case EventKind::edited:
      return route_published(read, *event.post, audience);
    case EventKind::notified:
      return {key_of(Kind::home, row.account), key_of(Kind::notifications, row.account)};
    case EventKind::deleted:
      return route_deleted(read, row, audience);
    case EventKind::replanned:
      return {key_of(row.post)};
    case EventKind::account_hidden:
      break;
  }
  return {};
}

}  // namespace hoopoe::app
