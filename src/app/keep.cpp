#include "app/keep.h"

#include <algorithm>

#include "app/accounts.h"
#include "app/refuse.h"
#include "app/standing.h"
#include "base/refusal.h"
#include "store/bookmarks.h"
#include "store/favourites.h"
#include "store/mutes.h"
#include "store/pins.h"
#include "store/posts.h"

namespace hoopoe::app {

namespace {

using Change = void (*)(store::Write&, AccountId, PostId);

void insert_pin(store::Write& write, AccountId account, PostId id) {
  const PostView view = view_post(write, account, id);
  if (view.post->author != account) refuse_as_invalid("Someone else's post cannot be pinned");
  if (view.post->visibility == Visibility::mentioned) {
    refuse_as_invalid("Posts that are only visible to mentioned users cannot be pinned");
  }
  const std::vector<PostId> pinned = store::pins::of_account(write, account);
  if (std::ranges::find(pinned, id) != pinned.end()) return;
  // One that was taken down shows to nobody and takes nobody's place.
  if (view_posts(write, account, pinned, Muted::shown).size() >= pins_max)
    refuse_as_invalid("You have already pinned the maximum number of posts");
  store::pins::insert(write, account, id);
}

using Target = PostId (*)(store::Write&, AccountId, PostId);

PostId to_keep(store::Write& write, AccountId account, PostId id) {
  return view_post(write, account, id).shown().post->id;
}
// Also of what one can no longer read: it is one's own.
PostId to_take_back(store::Write& write, AccountId /*account*/, PostId id) {
  return store::posts::original_of(write, id);
}

net::Task<PostView> change(App& app, Actor actor, PostId id, Target target_of, Change change) {
  const PostId shown = co_await app.db.write([&](store::Write& write) {
    require_may_publish(write, actor);
    const PostId target = target_of(write, actor.account, id);
    change(write, actor.account, target);
    return target;
  });
  co_return app.db.read([&](store::Read& read) { return view_post(read, actor.account, shown); });
}

KeptPage view_kept(store::Read& read, AccountId account, const std::vector<store::PostEntry>& entries) {
  KeptPage page;
  std::vector<PostId> ids;
  for (const store::PostEntry& entry : entries) {
    ids.push_back(entry.post);
    page.covered.push_back(entry.id);
  }
  page.posts = view_posts(read, account, ids, Muted::shown);
  return page;
}

}  // namespace

net::Task<PostView> bookmark(App& app, Actor actor, PostId id) {
  return change(app, std::move(actor), id, to_keep, store::bookmarks::insert);
}
net::Task<PostView> undo_bookmark(App& app, Actor actor, PostId id) {
  return change(app, std::move(actor), id, to_take_back, store::bookmarks::erase);
}
net::Task<PostView> pin(App& app, Actor actor, PostId id) {
  return change(app, std::move(actor), id, to_keep, insert_pin);
}
net::Task<PostView> unpin(App& app, Actor actor, PostId id) {
  return change(app, std::move(actor), id, to_take_back, store::pins::erase);
}

net::Task<PostView> mute_conversation(App& app, Actor actor, PostId id) {
  return change(app, std::move(actor), id, to_keep, [](store::Write& write, AccountId account, PostId post) {
    store::mutes::insert_conversation(write, account, store::posts::root_of(write, post));
  });
}
net::Task<PostView> unmute_conversation(App& app, Actor actor, PostId id) {
  // Of what one may no longer read it would tell what it belongs to.
  return change(app, std::move(actor), id, to_keep, [](store::Write& write, AccountId account, PostId post) {
    store::mutes::erase_conversation(write, account, store::posts::root_of(write, post));
  });
}

KeptPage bookmarks(App& app, AccountId account, const Page& page) {
  return app.db.read([&](store::Read& read) {
    return view_kept(read, account, store::bookmarks::list(read, account, page));
  });
}

KeptPage favourites(App& app, AccountId account, const Page& page) {
  return app.db.read([&](store::Read& read) {
    return view_kept(read, account, store::favourites::of_account(read, account, page));
  });
}

std::vector<PostView> pinned(App& app, Viewer viewer, AccountId account) {
  return app.db.read([&](store::Read& read) {
    require_shown(read, account);
    return view_posts(read, viewer, store::pins::of_account(read, account), Muted::shown);
  });
}

}  // namespace hoopoe::app
