#include "app/report.h"

#include <algorithm>

#include "app/accounts.h"
#include "app/post_view.h"
#include "app/refuse.h"
#include "app/standing.h"
#include "base/refusal.h"
#include "store/reports.h"

namespace hoopoe::app {

namespace {

void check(const Actor& actor, const Report& wish) {
  require_text("Comment", wish.comment, report_comment_characters_max);
  if (wish.target == actor.account) refuse_as_invalid("You can't report yourself");
}

std::vector<PostId> readable_posts(store::Read& read, const Report& wish) {
  std::vector<PostId> posts;
  for (const PostView& view : view_posts(read, wish.account, wish.posts, Muted::shown)) {
    const bool fits = posts.size() < report_posts_max;
    if (view.post->author == wish.target && fits) posts.push_back(view.post->id);
  }
  std::ranges::sort(posts);
  posts.erase(std::ranges::unique(posts).begin(), posts.end());
  return posts;
}

}  // namespace

net::Task<Report> report(App& app, Actor actor, Report wish) {
  check(actor, wish);
  co_return co_await app.db.write([&](store::Write& write) {
    require_may_publish(write, actor);
    require_shown(write, wish.target);
    if (store::reports::open_by(write, actor.account) >= open_reports_max) {
      throw Refusal(RefusalKind::too_many, "Many of your reports still wait to be looked at.");
    }
    Report whole = wish;
    whole.account = actor.account;
    whole.posts = readable_posts(write, whole);
    return store::reports::insert(write, std::move(whole));
  });
}

}  // namespace hoopoe::app
