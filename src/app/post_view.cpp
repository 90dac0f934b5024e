#include "app/post_view.h"

#include <algorithm>
#include <unordered_map>

#include "base/prefetch.h"
#include "base/refusal.h"
#include "domain/may_read.h"
#include "store/blocks.h"
#include "store/mutes.h"
#include "store/posts.h"
#include "store/shared_posts.h"
#include "store/subjects.h"
#include "store/viewers.h"

namespace hoopoe::app {

namespace {

// The posts of one page, those that they repost after them, and how the viewer stands to all of them.
struct Surroundings {
  std::vector<std::shared_ptr<const SharedPost>> posts;
  std::size_t asked = 0;  // so many of the posts are the page's own
  std::shared_ptr<const ViewerState> viewer;
};

Surroundings fetch(store::Read& read, Viewer viewer, const std::vector<PostId>& ids) {
  Surroundings found{.posts = store::shared_posts::find(read, ids)};
  found.asked = found.posts.size();
  std::vector<PostId> originals;
  for (const auto& shared : found.posts) {
    prefetch(shared->post.get());
    prefetch(shared->author.get());
    shared->whole.prefetch();
  }
  for (const auto& shared : found.posts) {
    if (shared->post->repost_of) originals.push_back(shared->post->repost_of);
  }
  if (!originals.empty()) {
    std::ranges::move(store::shared_posts::find(read, originals), std::back_inserter(found.posts));
  }
  found.viewer = store::viewers::find(read, viewer, found.posts);
  return found;
}

bool is_for(const SharedPost& shared, Viewer viewer, const ViewerState& state, Muted muted) {
  const PostCard& post = *shared.post;
  if (muted == Muted::left_out && state.muted.contains(post.author)) return false;
  // What is for all depends neither on follows nor on mentions.
  const bool for_some = !is_for_all(post.visibility);
  return may_read(viewer, post,
                  {.author_shown = shared.author && shared.author->is_shown(),
                   .follows_author = for_some && state.followed.contains(post.author),
                   .mentioned = for_some && std::ranges::find(post.mentions, viewer, &Mention::account) !=
                                                post.mentions.end(),
                   .blocked = state.blocked.contains(post.author)});
}

PostView compose(const std::shared_ptr<const SharedPost>& shared, const ViewerState& state) {
  const PostCard& post = *shared->post;
  return {.shared = shared,
          .post = {shared, &post},
          .author = {shared, shared->author.get()},
          .counts = shared->counts,
          .favourited = state.favourited.contains(post.id),
          .reposted = state.reposted.contains(post.id),
          .bookmarked = state.bookmarked.contains(post.id),
          .pinned = state.pinned.contains(post.id),
          .muted = state.muted_conversations.contains(post.root),
          .original = nullptr};
}

// Adds those of the posts that belong on the list, until it covers so many.
void add_posts(PostPage& page, const Surroundings& around, Viewer viewer, std::size_t limit,
               IsListed is_listed, Muted muted) {
  const ViewerState& state = *around.viewer;
  std::unordered_map<PostId, std::shared_ptr<const PostView>> originals;
  for (std::size_t i = around.asked; i < around.posts.size(); ++i) {
    const auto& shared = around.posts[i];
    if (!is_for(*shared, viewer, state, muted)) continue;
    originals.emplace(shared->post->id, std::make_shared<const PostView>(compose(shared, state)));
  }
  for (std::size_t i = 0; i < around.asked && page.covered.size() < limit; ++i) {
    const auto& shared = around.posts[i];
    if (!is_listed(*shared, viewer, state)) continue;
    page.covered.push_back(shared->post->id);
    const PostId repost_of = shared->post->repost_of;
    if (!is_for(*shared, viewer, state, muted) || (repost_of && !originals.contains(repost_of))) continue;
    page.posts.push_back(compose(shared, state));
    if (repost_of) page.posts.back().original = originals.at(repost_of);
  }
}

// What is remembered may be from before and from after: words that were never for this viewer beside a
// follow that is new. The snapshot alone is of one moment.
template <class View>
auto at_one_moment(store::Read& read, const View& view) {
  auto viewed = view();
  if (!read.has_changed(store::subjects::audiences)) return viewed;
  read.forget();
  return view();
}

bool every_post(const SharedPost&, Viewer, const ViewerState&) { return true; }

}  // namespace

PostPage view_first(store::Read& read, Viewer viewer, const std::vector<PostId>& candidates,
                    std::size_t limit, IsListed is_listed, Muted muted) {
  return at_one_moment(read, [&] {
    PostPage page;
    page.covered.reserve(limit);
    page.posts.reserve(limit);
    auto at = candidates.begin();
    while (at != candidates.end() && page.covered.size() < limit) {
      const auto next =
          at + std::min<std::ptrdiff_t>(candidates.end() - at, static_cast<std::ptrdiff_t>(limit));
      add_posts(page, fetch(read, viewer, {at, next}), viewer, limit, is_listed, muted);
      at = next;
    }
    return page;
  });
}

std::vector<PostView> view_posts(store::Read& read, Viewer viewer, const std::vector<PostId>& ids,
                                 Muted muted) {
  return at_one_moment(read, [&] {
    PostPage page;
    page.posts.reserve(ids.size());
    add_posts(page, fetch(read, viewer, ids), viewer, ids.size(), every_post, muted);
    return std::move(page.posts);
  });
}

std::vector<AccountId> not_wanted_by(store::Read& read, const PostView& view,
                                     const std::vector<AccountId>& viewers) {
  if (viewers.empty()) return {};
  std::vector<AccountId> authors{view.post->author};
  if (view.original) authors.push_back(view.original->post->author);
  std::vector<AccountId> found = store::mutes::muting_among(read, viewers, authors);
  for (const AccountId author : authors) {
    std::ranges::copy(store::blocks::between(read, author, viewers), std::back_inserter(found));
  }
  return found;
}

PostView fresh_view(PostCard card, Account author) {
  return compose(store::shared_posts::fresh(std::move(card), std::move(author)), {});
}

PostView without_flags(PostView view) {
  view.favourited = view.reposted = view.bookmarked = view.pinned = view.muted = false;
  if (view.original) view.original = std::make_shared<const PostView>(without_flags(*view.original));
  return view;
}

std::optional<PostView> find_post(store::Read& read, Viewer viewer, PostId id) {
  std::vector<PostView> views = view_posts(read, viewer, {id}, Muted::shown);
  if (views.empty()) return std::nullopt;
  return std::move(views.front());
}

PostView view_post(store::Read& read, Viewer viewer, PostId id) {
  if (auto view = find_post(read, viewer, id)) return *std::move(view);
  const std::optional<Post> post = store::posts::find(read, id);
  if (post && post->deleted && is_for_all(post->visibility))
    throw Refusal(RefusalKind::gone, "This post was deleted.");
  throw Refusal(RefusalKind::not_found, "Record not found");
}

}  // namespace hoopoe::app
