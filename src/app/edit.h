#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/actor.h"
#include "app/app.h"
#include "app/post_view.h"
#include "domain/post.h"
#include "net/task.h"
#include "store/favourites.h"

namespace hoopoe::app {

// What a post is to say from now on, and to whom.
struct Edit {
  std::string text;
  std::string warning;
  bool sensitive = false;
  std::string language;
  std::optional<Visibility> visibility;                           // none: as before
  std::optional<std::vector<ChosenPhoto>> photos = std::nullopt;  // likewise
};

// A new revision; what was said before stays readable in the history. Nothing changes when all is as before.
// Only the author's own, and no repost: else Refusal{not_found}; {invalid} as for a new post,
// and after a hundred times.
net::Task<PostView> edit_post(App& app, Actor actor, PostId id, Edit edit);

// What a post said from one time to the next, and how many favourited and reposted it then.
struct Version {
  Revision revision;
  store::favourites::Tally tally;
};
struct History {
  PostView post;
  std::vector<Version> versions;  // oldest first, those that were for the viewer when they were said
};
// Refusal{not_found} when the viewer may not read the post; of a tombstone {gone}.
History history(App& app, Viewer viewer, PostId id);

}  // namespace hoopoe::app
