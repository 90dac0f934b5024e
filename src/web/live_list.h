#pragma once

#include <string_view>

#include "app/live.h"
#include "web/page.h"

// Lists that grow while somebody looks at them, with JavaScript: static/live.js.
namespace hoopoe::web {

app::Channel tag_channel(std::string_view name);

// Asked before the posts are read: what is published in between comes twice and never not at all.
EventId live_position(const Context& context);

// The page's list shows what comes on the channel behind that position. Requires: a template with LIVE_BAR
// and LIVE, and the first part of the list.
void make_live(HtmlPage& page, const app::Channel& channel, EventId position);

}  // namespace hoopoe::web
