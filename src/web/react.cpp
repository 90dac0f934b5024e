#include "app/react.h"

#include "app/follow.h"
#include "app/publish.h"
#include "base/refusal.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/paths.h"

namespace hoopoe::web {

namespace {

template <class IdType>
IdType id_of(const Context& context) {
  const auto id = IdType::parse(context.request.capture("id"));
  if (!id) throw Refusal(RefusalKind::not_found, "Record not found");
  return *id;
}

// To the page that the button stood on, at the post.
net::Response back(const Context& context, PostId post) {
  return see_other(local_path(context.value("return_to"), "/home") + "#p" + post.str());
}

}  // namespace

net::Task<net::Response> repost(Context& context) {
  const auto id = id_of<PostId>(context);
  co_await app::repost(context.app, context.me().actor, id, Visibility::everyone);
  co_return back(context, id);
}

net::Task<net::Response> undo_repost(Context& context) {
  const auto id = id_of<PostId>(context);
  co_await app::undo_repost(context.app, context.me().actor, id);
  co_return back(context, id);
}

net::Task<net::Response> favourite(Context& context) {
  const auto id = id_of<PostId>(context);
  co_await app::favourite(context.app, context.me().actor, id);
  co_return back(context, id);
}

net::Task<net::Response> undo_favourite(Context& context) {
  const auto id = id_of<PostId>(context);
  co_await app::undo_favourite(context.app, context.me().actor, id);
  co_return back(context, id);
}

net::Task<net::Response> delete_post(Context& context) {
  co_await app::delete_post(context.app, context.me().actor, id_of<PostId>(context));
  co_return see_other(local_path(context.value("return_to"), "/home"));
}

net::Task<net::Response> follow(Context& context) {
  co_await app::follow(context.app, context.me().actor, id_of<AccountId>(context), {});
  co_return see_other(local_path(context.value("return_to"), "/home"));
}

net::Task<net::Response> unfollow(Context& context) {
  co_await app::unfollow(context.app, context.me().actor, id_of<AccountId>(context));
  co_return see_other(local_path(context.value("return_to"), "/home"));
}

}  // namespace hoopoe::web
