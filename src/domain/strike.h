#pragma once

#include <string>

#include "domain/ids.h"

namespace hoopoe {

// What a moderator did to somebody who is told of it. Stored as these numbers (Mastodon API, AccountWarning
// "action": none, delete_statuses, silence, none).
enum class StrikeKind {
  warning = 0,           // words alone
  post_taken_down = 1,   // gone for all
  limited = 2,           // left out of the public timelines
  post_turned_down = 3,  // it had waited for a moderator
};

struct Strike {
  NotificationId id;
  AccountId account;
  StrikeKind kind = StrikeKind::warning;
  PostId post;  // of post_taken_down
  std::string words;
};

}  // namespace hoopoe
