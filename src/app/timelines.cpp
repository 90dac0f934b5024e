#include "app/timelines.h"

#include <algorithm>
#include <limits>

#include "app/accounts.h"
#include "app/home_keeper.h"
#include "store/timelines.h"
#include "text/fold.h"

namespace hoopoe::app {

namespace {

PostPage view_page(store::Read& read, Viewer viewer, std::vector<PostId> ids, Muted muted) {
  return {.posts = view_posts(read, viewer, ids, muted), .covered = std::move(ids)};
}

// What store::timelines::home asks of posts, beyond what depends on follows alone.
bool is_on_home(const SharedPost& shared, Viewer viewer, const ViewerState& state) {
  const PostCard& post = *shared.post;
  return !post.deleted && shared.author && shared.author->is_shown() &&
         (post.visibility != Visibility::mentioned || post.author == viewer) &&
         !state.muted.contains(post.author);
}

// What is older than this is on the page.
PostId end_of(const Page& page) {
  return PostId{page.max_id > 0 ? page.max_id : std::numeric_limits<std::int64_t>::max()};
}

// A page of what is kept of a home; none where that does not reach down far enough.
std::optional<PostPage> home_from(store::Read& read, Viewer viewer, const HomeIds& newest, const Page& page) {
  const PostId after{page.min_id > 0 ? page.min_id : page.since_id};
  const auto first = std::ranges::find_if(newest.ids, [&](PostId id) { return id < end_of(page); });
  const auto end = std::find_if(first, newest.ids.end(), [&](PostId id) { return id <= after; });
  std::vector<PostId> candidates(first, end);
  const bool are_all = after.value >= newest.complete_from.value - 1;
  const bool oldest_first = page.min_id > 0;
  if (oldest_first && !are_all) return std::nullopt;
  if (oldest_first) std::ranges::reverse(candidates);
  const auto limit = static_cast<std::size_t>(page.limit);
  PostPage home = view_first(read, viewer, candidates, limit, is_on_home, Muted::left_out);
  if (home.covered.size() < limit && !are_all) return std::nullopt;
  if (oldest_first) {
    std::ranges::reverse(home.covered);
    std::ranges::reverse(home.posts);
  }
  return home;
}

}  // namespace

PostPage home(App& app, Viewer viewer, const Page& page) {
  // A few more than are shown, as some may not be; or else all.
  for (const std::size_t limit : {static_cast<std::size_t>(page.limit) * 3 / 2, timelines::Ring::capacity}) {
    const HomeIds newest = app.homes.newest(viewer, end_of(page), limit);
    auto home = app.db.read([&](store::Read& read) { return home_from(read, viewer, newest, page); });
    if (home) return *std::move(home);
    if (newest.ids.size() < limit) break;
  }
  return app.db.read([&](store::Read& read) {
    return view_page(read, viewer, store::timelines::home(read, viewer, page), Muted::left_out);
  });
}

PostPage public_timeline(App& app, Viewer viewer, const Page& page, Showing showing) {
  return app.db.read([&](store::Read& read) {
    return view_page(read, viewer, store::timelines::everyone(read, page, showing), Muted::left_out);
  });
}

PostPage tag_timeline(App& app, Viewer viewer, std::string_view tag, const Page& page, Showing showing) {
  return app.db.read([&](store::Read& read) {
    return view_page(read, viewer, store::timelines::tagged(read, text::fold(tag), page, showing),
                     Muted::left_out);
  });
}

PostPage author_timeline(App& app, Viewer viewer, AccountId author, AuthorOptions options, const Page& page) {
  using store::timelines::Replies;
  using store::timelines::Reposts;
  return app.db.read([&](store::Read& read) {
    require_shown(read, author);
    return view_page(read, viewer,
                     store::timelines::of_author(
                         read, viewer, author, options.with_replies ? Replies::shown : Replies::hidden,
                         options.with_reposts ? Reposts::shown : Reposts::hidden, page),
                     Muted::shown);
  });
}

PostPage photo_timeline(App& app, Viewer viewer, AccountId author, const Page& page) {
  return app.db.read([&](store::Read& read) {
    require_shown(read, author);
    return view_page(read, viewer, store::timelines::photos_of_author(read, viewer, author, page),
                     Muted::shown);
  });
}

PostPage exchange(App& app, Viewer viewer, AccountId one, AccountId other, const Page& page) {
  return app.db.read([&](store::Read& read) {
    require_shown(read, one);
    require_shown(read, other);
    return view_page(read, viewer, store::timelines::exchange(read, viewer, one, other, page), Muted::shown);
  });
}

PostPage live_timeline(App& app, Viewer viewer, AccountId account, const Page& page) {
  return app.db.read([&](store::Read& read) {
    require_shown(read, account);
    return view_page(read, viewer, store::timelines::live(read, viewer, account, page), Muted::shown);
  });
}

}  // namespace hoopoe::app
