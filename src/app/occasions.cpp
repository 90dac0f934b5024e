#include "app/occasions.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/accounts.h"
#include "app/refuse.h"
#include "app/standing.h"
#include "base/id_source.h"
#include "base/refusal.h"
#include "store/accounts.h"
#include "store/occasions.h"
#include "store/outbox.h"
#include "store/timelines.h"

namespace hoopoe::app {

namespace {

std::vector<AccountId> speakers_of(const App& app, store::Read& read,
                                   const std::vector<std::string>& handles) {
  if (handles.size() > speakers_max) refuse_as_invalid(fmt::format("At most {} accounts", speakers_max));
  std::vector<AccountId> speakers;
  for (const std::string& handle : handles) {
    const auto account = find_account_by_address(app, read, handle);
    if (!account) refuse_as_invalid(fmt::format("Nobody here is called {}", handle));
    if (std::ranges::find(speakers, account->id) == speakers.end()) speakers.push_back(account->id);
  }
  return speakers;
}

// Who is suspended for a while could not be named, and is not forgotten.
void add_hidden(store::Read& read, std::vector<AccountId>& speakers, const std::vector<AccountId>& before) {
  for (const Account& account : store::accounts::find_many(read, before)) {
    if (!account.is_shown()) speakers.push_back(account.id);
  }
}

void save_plan(const App& app, store::Write& write, const Actor& actor, PostId summary,
               const OccasionPlan& plan) {
  require_may_publish(write, actor);
  const PostView view = view_post(write, actor.account, summary);
  if (view.post->author != actor.account || view.post->repost_of) {
    throw Refusal(RefusalKind::not_found, "Record not found");
  }
  if (!is_for_all(view.post->visibility))
    refuse_as_invalid("Only a post that everyone may read can be that of an event");
  const std::optional<Occasion> before = store::occasions::find(write, summary);
  Occasion occasion{.summary = summary,
                    .holder = actor.account,
                    .speakers = speakers_of(app, write, plan.speakers),
                    .ended = std::nullopt};
  if (before) add_hidden(write, occasion.speakers, before->speakers);
  if (plan.over) occasion.ended = before && before->ended ? before->ended : write.now();
  if (before == occasion || (!before && occasion.speakers.empty())) return;
  if (occasion.speakers.empty()) {
    store::occasions::erase(write, summary);
  } else {
    store::occasions::save(write, occasion);
  }
  store::outbox::append(write, EventKind::replanned, actor.account, summary);
}

// The part of a page that lies between the summary and the end.
Page within(const Occasion& occasion, Page page) {
  std::int64_t& from = page.min_id > 0 ? page.min_id : page.since_id;
  from = std::max(from, occasion.summary.value);
  const auto end = occasion.ended ? first_id_at(*occasion.ended + milliseconds(1)) : std::nullopt;
  if (end) page.max_id = page.max_id > 0 ? std::min(page.max_id, *end) : *end;
  return page;
}

}  // namespace

std::optional<OccasionView> find_occasion(App& app, Viewer viewer, PostId summary) {
  return app.db.read([&](store::Read& read) -> std::optional<OccasionView> {
    PostView view = view_post(read, viewer, summary);
    auto occasion = store::occasions::find(read, summary);
    if (!occasion || !is_for_all(view.post->visibility)) return std::nullopt;
    std::vector<Account> speakers = store::accounts::find_many(read, occasion->speakers);
    std::erase_if(speakers, [](const Account& account) { return !account.is_shown(); });
    return OccasionView{
        .occasion = *std::move(occasion), .summary = std::move(view), .speakers = std::move(speakers)};
  });
}

PostPage occasion_timeline(App& app, Viewer viewer, const Occasion& occasion, const Page& page) {
  return app.db.read([&](store::Read& read) {
    std::vector<PostId> ids = store::timelines::of_speakers(read, occasion.speakers, within(occasion, page));
    std::vector<PostView> posts = view_posts(read, viewer, ids, Muted::shown);
    return PostPage{.posts = std::move(posts), .covered = std::move(ids)};
  });
}

net::Task<void> plan_occasion(App& app, Actor actor, PostId summary, OccasionPlan plan) {
  co_await app.db.write([&](store::Write& write) { save_plan(app, write, actor, summary, plan); });
}

}  // namespace hoopoe::app
