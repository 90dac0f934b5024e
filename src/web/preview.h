#pragma once

#include "app/post_view.h"
#include "web/context.h"

namespace hoopoe::web {

// A post that everyone may read, and the viewer as well; of a repost, what it repeats.
// Refusal{not_found}, and Refusal{gone} of a tombstone.
app::PostView public_post(app::App& app, app::Viewer viewer, PostId id);
// The post of "/@:handle/:id": under its author's name alone.
app::PostView captured_public_post(const Context& context);

// Where the picture is that a link to the post shows; another one after each edit.
std::string image_path(const app::PostView& shown);

}  // namespace hoopoe::web
