#pragma once

#include <string>
#include <string_view>

#include "base/refusal.h"

namespace hoopoe::app {

// Refusal{invalid} in the words that apps know from Mastodon (422: "Validation failed: ...").
[[noreturn]] inline void refuse_as_invalid(std::string_view what) {
  throw Refusal(RefusalKind::invalid, "Validation failed: " + std::string(what));
}

}  // namespace hoopoe::app
