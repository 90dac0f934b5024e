#pragma once

#include "app/actor.h"
#include "app/app.h"
#include "app/moderate.h"
#include "app/post_view.h"
#include "domain/post.h"
#include "net/task.h"

namespace hoopoe::app {

// Makes a post. When it returns, the post is on disk. Throws Refusal{invalid} for a text that is empty, too
// long by both ways of counting, or not Unicode; {not_found} for a reply to what the actor may not read;
// {forbidden} for an account that may not publish; by the operators' rules {invalid}, or {held}: then it
// waits until a moderator releases it. The same idempotency key within an hour gives the same post.
// With `replaced`, one of the actor's own, that one is deleted in the same write, also when the new one has
// to wait, and its photos may be chosen; {not_found} for another's. Of what is gone already nothing is
// deleted.
net::Task<PostView> publish(App& app, Actor actor, Draft draft, PostId replaced = {});

// A post that waited becomes one, as of now, whatever the rules. Refusal{not_found} for none; {invalid} and
// {forbidden} as publish(), and {invalid} when what it answers is gone.
PostId release_post(const App& app, store::Write& write, HeldPostId id, const Moderation& act);

// Only the author's own; anything else is refused as not found. Returns the post as it was. Its photos are
// gone with it, or withdrawn: uploads again under the names that are returned, to say the same anew.
enum class PhotosThen { erased, withdrawn };
net::Task<PostView> delete_post(App& app, Actor actor, PostId id, PhotosThen photos = PhotosThen::erased);

}  // namespace hoopoe::app
