#include "app/block.h"
#include "app/follow.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/paths.h"

namespace hoopoe::web {

namespace {

// To the page that the button stood on.
net::Response back(const Context& context) {
  return see_other(local_path(context.value("return_to"), "/home"));
}

net::Task<net::Response> answer_request(Context& context, app::Verdict verdict) {
  co_await app::answer_follow_request(context.app, context.me().actor, captured_id<AccountId>(context),
                                      verdict);
  co_return back(context);
}

}  // namespace

net::Task<net::Response> follow(Context& context) {
  co_await app::follow(context.app, context.me().actor, captured_id<AccountId>(context), {});
  co_return back(context);
}

net::Task<net::Response> unfollow(Context& context) {
  co_await app::unfollow(context.app, context.me().actor, captured_id<AccountId>(context));
  co_return back(context);
}

net::Task<net::Response> remove_follower(Context& context) {
  co_await app::remove_follower(context.app, context.me().actor, captured_id<AccountId>(context));
  co_return back(context);
}

net::Task<net::Response> accept_follow_request(Context& context) {
  return answer_request(context, app::Verdict::accepted);
}

net::Task<net::Response> reject_follow_request(Context& context) {
  return answer_request(context, app::Verdict::rejected);
}

net::Task<net::Response> block(Context& context) {
  co_await app::block(context.app, context.me().actor, captured_id<AccountId>(context));
  co_return back(context);
}

net::Task<net::Response> unblock(Context& context) {
  co_await app::unblock(context.app, context.me().actor, captured_id<AccountId>(context));
  co_return back(context);
}

net::Task<net::Response> mute(Context& context) {
  const auto id = captured_id<AccountId>(context);
  const Mute mute{
      .notifications_hidden = context.value("notifications") == "1",
      .expires = app::end_of_mute(context.app, context.parameters.integer("duration").value_or(0))};
  co_await app::mute(context.app, context.me().actor, id, mute);
  co_return back(context);
}

net::Task<net::Response> unmute(Context& context) {
  co_await app::unmute(context.app, context.me().actor, captured_id<AccountId>(context));
  co_return back(context);
}

}  // namespace hoopoe::web
