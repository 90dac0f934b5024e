#pragma once

#include <cstdint>
#include <vector>

#include "app/actor.h"
#include "app/app.h"
#include "app/post_view.h"
#include "domain/page.h"
#include "net/task.h"

// What people keep: bookmarks and favourites for themselves, pins for all who look at their page; and what
// they have heard enough of.
namespace hoopoe::app {

constexpr std::size_t pins_max = 5;  // Mastodon, instance.configuration.accounts.max_pinned_statuses

// Each gives the post as the actor sees it afterwards, and changes nothing when it was so already.
// Refusal{not_found} for what the actor may not read; a bookmark or a pin is taken back all the same.
net::Task<PostView> bookmark(App& app, Actor actor, PostId id);
net::Task<PostView> undo_bookmark(App& app, Actor actor, PostId id);
// One's own alone, not those to the mentioned, and at most pins_max: else Refusal{invalid}.
net::Task<PostView> pin(App& app, Actor actor, PostId id);
net::Task<PostView> unpin(App& app, Actor actor, PostId id);
// The conversation that the post belongs to: no notifications of it from now on, whatever is done there.
net::Task<PostView> mute_conversation(App& app, Actor actor, PostId id);
net::Task<PostView> unmute_conversation(App& app, Actor actor, PostId id);

// In the order of keeping, newest first; `covered` are the ids that pages start from.
struct KeptPage {
  std::vector<PostView> posts;
  std::vector<std::int64_t> covered;
};
KeptPage bookmarks(App& app, AccountId account, const Page& page);
KeptPage favourites(App& app, AccountId account, const Page& page);
// What an account has pinned, as far as the viewer may read it. Refusal{not_found} when it is not shown.
std::vector<PostView> pinned(App& app, Viewer viewer, AccountId account);

}  // namespace hoopoe::app
