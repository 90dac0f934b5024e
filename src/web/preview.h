#pragma once

#include "app/post_view.h"
#include "web/context.h"
#include "web/page.h"

namespace hoopoe::web {

// A post that everyone may read, and the viewer as well; of a repost, what it repeats.
// Refusal{not_found}, and Refusal{gone} of a tombstone.
app::PostView public_post(app::App& app, app::Viewer viewer, PostId id);
// The post of "/@:handle/:id": under its author's name alone.
app::PostView captured_public_post(const Context& context);

// What a link to the post shows: its photos, unless they may upset; else a picture that is drawn of it,
// another one after each edit.
std::vector<Preview::Image> preview_images(const app::PostView& shown);

}  // namespace hoopoe::web
