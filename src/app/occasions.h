#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/actor.h"
#include "app/app.h"
#include "app/post_view.h"
#include "domain/occasion.h"
#include "domain/page.h"
#include "net/task.h"

// Live events: several accounts on one page, below a post that sums it up.
namespace hoopoe::app {

struct OccasionView {
  Occasion occasion;
  PostView summary;
  std::vector<Account> speakers;  // those who are shown
};
// As the viewer sees it. None where there is none, or its summary is not for everyone any more. Refusal
// {not_found} or {gone} as for any post.
std::optional<OccasionView> find_occasion(App& app, Viewer viewer, PostId summary);
// What the speakers say for all to read while it lasts, answers among it and no reposts; newest first.
PostPage occasion_timeline(App& app, Viewer viewer, const Occasion& occasion, const Page& page);

// What its holder wants of an event.
struct OccasionPlan {
  std::vector<std::string> speakers;  // handles, with or without "@"; none: there is no event
  bool over = false;                  // nothing that is said from now on belongs to it
};
// Requires: who asks wrote the post; to all others, and of a repost, it is Refusal{not_found}. {invalid} for
// a post that is not for everyone, a handle that is nobody's here, and more than speakers_max.
net::Task<void> plan_occasion(App& app, Actor actor, PostId summary, OccasionPlan plan);

}  // namespace hoopoe::app
