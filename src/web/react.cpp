#include "app/react.h"

#include "app/keep.h"
#include "app/publish.h"
#include "app/replies.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/paths.h"
#include "web/post_values.h"

namespace hoopoe::web {

namespace {

// To the page that the button stood on, at the post.
net::Response back(const Context& context, PostId post) {
  const std::string page = local_path(context.value("return_to"), "/home");
  return see_other(page.substr(0, page.find('#')) + "#p" + post.str());
}

using Act = net::Task<app::PostView>(app::App& app, app::Actor actor, PostId id);

net::Task<net::Response> act(Context& context, Act* what) {
  const auto id = captured_id<PostId>(context);
  co_await what(context.app, context.me().actor, id);
  co_return back(context, id);
}

}  // namespace

net::Task<net::Response> repost(Context& context) {
  const auto id = captured_id<PostId>(context);
  co_await app::repost(context.app, context.me().actor, id, Visibility::everyone);
  co_return back(context, id);
}

net::Task<net::Response> undo_repost(Context& context) {
  const auto id = captured_id<PostId>(context);
  context.limits->count_deletion(context.me().account.id);
  co_await app::undo_repost(context.app, context.me().actor, id);
  co_return back(context, id);
}

net::Task<net::Response> favourite(Context& context) { return act(context, app::favourite); }

net::Task<net::Response> undo_favourite(Context& context) { return act(context, app::undo_favourite); }

net::Task<net::Response> show_delete(Context& context) {
  const app::PostView view = own_post(context, captured_id<PostId>(context));
  HtmlPage page{.title = "Delete a post", .body = "delete.html"};
  page.values.set("ID", view.post->id.str()).set("URL", path_of(*view.author, view.post->id));
  PostFrame frame = frame_for(context);
  frame.viewer = app::anonymous;
  fill_post(page.values.include("POST", post_template), view, frame);
  co_return render(context, std::move(page));
}

net::Task<net::Response> delete_post(Context& context) {
  context.limits->count_deletion(context.me().account.id);
  co_await app::delete_post(context.app, context.me().actor, captured_id<PostId>(context));
  co_return see_other(path_of(context.me().account));
}

net::Task<net::Response> bookmark(Context& context) { return act(context, app::bookmark); }

net::Task<net::Response> undo_bookmark(Context& context) { return act(context, app::undo_bookmark); }

net::Task<net::Response> mute_conversation(Context& context) { return act(context, app::mute_conversation); }

net::Task<net::Response> unmute_conversation(Context& context) {
  return act(context, app::unmute_conversation);
}

net::Task<net::Response> pin(Context& context) { return act(context, app::pin); }

net::Task<net::Response> unpin(Context& context) { return act(context, app::unpin); }

net::Task<net::Response> hide_reply(Context& context) {
  const auto id = captured_id<PostId>(context);
  co_await app::set_reply(context.app, context.me().actor, id, app::Reply::hidden);
  co_return back(context, id);
}

net::Task<net::Response> unhide_reply(Context& context) {
  const auto id = captured_id<PostId>(context);
  co_await app::set_reply(context.app, context.me().actor, id, app::Reply::shown);
  co_return back(context, id);
}

}  // namespace hoopoe::web
