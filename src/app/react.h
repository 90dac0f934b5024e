#pragma once

#include "app/actor.h"
#include "app/app.h"
#include "app/post_view.h"
#include "app/relations.h"
#include "net/task.h"

namespace hoopoe::app {

// Each gives the post as the actor sees it afterwards, and changes nothing when it was so already. A repost
// of a repost is one of the original. Refusal{not_found} for what the actor may not read, {forbidden} for a
// post that is not for everyone. What one did is taken back also where one can no longer read the post; the
// answer then is {not_found} all the same.
net::Task<PostView> repost(App& app, Actor actor, PostId id, Visibility visibility);  // gives the repost
net::Task<PostView> undo_repost(App& app, Actor actor, PostId id);                    // gives the original

net::Task<PostView> favourite(App& app, Actor actor, PostId id);
net::Task<PostView> undo_favourite(App& app, Actor actor, PostId id);

// Who did. Refusal{not_found} when the viewer may not read the post.
AccountPage favourited_by(App& app, Viewer viewer, PostId post, const Page& page);
AccountPage reposted_by(App& app, Viewer viewer, PostId post, const Page& page);

}  // namespace hoopoe::app
