#include "app/react.h"

#include "app/erase.h"
#include "app/notify.h"
#include "app/standing.h"
#include "base/refusal.h"
#include "store/accounts.h"
#include "store/favourites.h"
#include "store/notifications.h"
#include "store/outbox.h"
#include "store/posts.h"

namespace hoopoe::app {

namespace {

// What a reaction is to: the post itself, or what it reposts. The actor can read it.
std::shared_ptr<const Post> target_of(store::Write& write, const Actor& actor, PostId id) {
  require_may_publish(write, actor);
  return view_post(write, actor.account, id).shown().post;
}

// To take back what one did asks for less: it is one's own, whatever became of the post.
PostId target_of_undo(store::Write& write, const Actor& actor, PostId id) {
  require_may_publish(write, actor);
  return store::posts::original_of(write, id);
}

PostId insert_repost(store::Write& write, const Actor& actor, PostId id, Visibility visibility) {
  if (visibility == Visibility::mentioned) {
    throw Refusal(RefusalKind::invalid, "Validation failed: Visibility of a repost is not direct");
  }
  const std::shared_ptr<const Post> target = target_of(write, actor, id);
  const Post& original = *target;
  const bool own = original.author == actor.account && original.visibility == Visibility::followers;
  if (!is_for_all(original.visibility) && !own) {
    throw Refusal(RefusalKind::forbidden, "This action is not allowed");
  }
  if (const auto made = store::posts::find_repost(write, actor.account, original.id)) return *made;
  const Post post =
      store::posts::insert(write, {.post = {.author = actor.account,
                                            .repost_of = original.id,
                                            .visibility = own ? Visibility::followers : visibility},
                                   .person = actor.person,
                                   .mentions = {},
                                   .tags = {}});
  if (is_for_all(post.visibility)) {
    store::posts::add_to_count(write, original.id, store::posts::Count::reposts, 1);
    store::accounts::add_to_count(write, actor.account, store::accounts::Count::posts, 1);
  }
  store::outbox::append(write, EventKind::published, post.author, post.id);
  notify(write, original.author, NotificationKind::repost, actor.account, original);
  return post.id;
}

PostView view_after(App& app, const Actor& actor, PostId id) {
  return app.db.read([&](store::Read& read) { return view_post(read, actor.account, id); });
}

}  // namespace

net::Task<PostView> repost(App& app, Actor actor, PostId id, Visibility visibility) {
  const PostId made =
      co_await app.db.write([&](store::Write& write) { return insert_repost(write, actor, id, visibility); });
  co_return view_after(app, actor, made);
}

net::Task<PostView> undo_repost(App& app, Actor actor, PostId id) {
  const PostId original = co_await app.db.write([&](store::Write& write) {
    const PostId target = target_of_undo(write, actor, id);
    if (const auto made = store::posts::find_repost(write, actor.account, target)) erase_post(write, *made);
    return target;
  });
  co_return view_after(app, actor, original);
}

net::Task<PostView> favourite(App& app, Actor actor, PostId id) {
  const PostId original = co_await app.db.write([&](store::Write& write) {
    const std::shared_ptr<const Post> target = target_of(write, actor, id);
    if (store::favourites::insert(write, actor.account, target->id)) {
      notify(write, target->author, NotificationKind::favourite, actor.account, *target);
    }
    return target->id;
  });
  co_return view_after(app, actor, original);
}

net::Task<PostView> undo_favourite(App& app, Actor actor, PostId id) {
  const PostId original = co_await app.db.write([&](store::Write& write) {
    const PostId target = target_of_undo(write, actor, id);
    if (store::favourites::erase(write, actor.account, target)) {
      const AccountId author = store::posts::find(write, target)->author;
      store::notifications::erase_cause(write, author, NotificationKind::favourite, actor.account, target);
    }
    return target;
  });
  co_return view_after(app, actor, original);
}

AccountPage favourited_by(App& app, Viewer viewer, PostId post, const Page& page) {
  return app.db.read([&](store::Read& read) {
    const PostId shown = view_post(read, viewer, post).shown().post->id;
    return view_accounts(read, viewer, store::favourites::of_post(read, shown, page));
  });
}

AccountPage reposted_by(App& app, Viewer viewer, PostId post, const Page& page) {
  return app.db.read([&](store::Read& read) {
    const PostId shown = view_post(read, viewer, post).shown().post->id;
    return view_accounts(read, viewer, store::favourites::reposters_of(read, shown, page));
  });
}

}  // namespace hoopoe::app
