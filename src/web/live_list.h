#pragma once

#include <string_view>

#include "app/live.h"
#include "web/page.h"

// Lists that grow while somebody looks at them, with JavaScript: static/live.js.
namespace hoopoe::web {

app::Channel tag_channel(std::string_view name);
app::Channel occasion_channel(PostId summary);

// The page's list shows what comes on the channel from now on. Requires: a template with LIVE_BAR and LIVE,
// the first part of the list, and that its posts are read after this: what is published in between comes
// twice and never not at all.
void make_live(HtmlPage& page, const Context& context, const app::Channel& channel);

}  // namespace hoopoe::web
