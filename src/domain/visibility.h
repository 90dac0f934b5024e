#pragma once

#include <optional>
#include <string_view>

namespace hoopoe {

// Who may read a post. Stored as these numbers.
enum class Visibility {
  everyone = 0,   // and it is in the public timelines
  unlisted = 1,   // everyone, but not in the public timelines
  followers = 2,  // those who follow the author, and the mentioned
  mentioned = 3,  // the mentioned alone
};

// For whoever comes by; what is not, shows in no public count.
bool is_for_all(Visibility visibility);

// The names of the Mastodon API: "public", "unlisted", "private", "direct".
std::optional<Visibility> parse_visibility(std::string_view name);
std::string_view name_of(Visibility visibility);

}  // namespace hoopoe
