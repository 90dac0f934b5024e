#pragma once

#include <vector>

#include "api/json_text.h"
#include "app/app.h"
#include "app/conversation.h"
#include "app/edit.h"
#include "app/post_view.h"

// Posts as the Mastodon API has them (mastodon/documentation, content/en/entities). What is the same for all
// is written once and kept with the post.
namespace hoopoe::api {

JsonText status_json(const app::App& app, const app::PostView& view);
JsonText statuses_json(const app::App& app, const std::vector<app::PostView>& views);
JsonText context_json(const app::App& app, const app::Conversation& conversation);
// StatusEdit, oldest first.
json::array history_json(const app::App& app, const app::History& history);

}  // namespace hoopoe::api
