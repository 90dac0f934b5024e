#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/live.h"

namespace hoopoe::app {

// A row of the outbox as it is shown to readers; nothing when there is nothing to show any more.
std::optional<LiveEvent> load_event(store::Read& read, const Event& event);

// The keys of the channels it goes to; of home timelines and live events, those of the audience alone.
std::vector<std::string> route(store::Read& read, const Event& row, const LiveEvent& event,
                               const Audience& audience);

}  // namespace hoopoe::app
