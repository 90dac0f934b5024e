#include "app/replies.h"

#include "app/standing.h"
#include "base/refusal.h"
#include "store/posts.h"

namespace hoopoe::app {

bool may_reply(store::Read& read, AccountId account, PostId answered) {
  return !store::posts::is_closed_to(read, answered, account);
}

void require_may_reply(store::Read& read, AccountId account, PostId answered) {
  if (may_reply(read, account, answered)) return;
  throw Refusal(RefusalKind::forbidden, "The author lets only some people answer this.");
}

net::Task<void> set_reply(App& app, Actor actor, PostId reply, Reply as) {
  co_await app.db.write([&](store::Write& write) {
    require_may_publish(write, actor);
    // Not what the author may read: who answers and then blocks them hides nothing from them.
    const auto post = store::posts::find(write, reply);
    if (!post || post->deleted || !post->reply_to || post->reply_to_author != actor.account) {
      throw Refusal(RefusalKind::not_found, "Record not found");
    }
    store::posts::set_hidden(write, reply, as == Reply::hidden);
  });
}

}  // namespace hoopoe::app
