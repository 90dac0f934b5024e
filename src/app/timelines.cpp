#include "app/timelines.h"

#include "app/accounts.h"
#include "store/timelines.h"
#include "text/fold.h"

namespace hoopoe::app {

namespace {

PostPage view_page(store::Read& read, Viewer viewer, std::vector<PostId> ids, Muted muted) {
  return {.posts = view_posts(read, viewer, ids, muted), .covered = std::move(ids)};
}

}  // namespace

PostPage home(App& app, Viewer viewer, const Page& page) {
  return app.db.read([&](store::Read& read) {
    return view_page(read, viewer, store::timelines::home(read, viewer, page), Muted::left_out);
  });
}

PostPage public_timeline(App& app, Viewer viewer, const Page& page) {
  return app.db.read([&](store::Read& read) {
    return view_page(read, viewer, store::timelines::everyone(read, page), Muted::left_out);
  });
}

PostPage tag_timeline(App& app, Viewer viewer, std::string_view tag, const Page& page) {
  return app.db.read([&](store::Read& read) {
    return view_page(read, viewer, store::timelines::tagged(read, text::fold(tag), page), Muted::left_out);
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
