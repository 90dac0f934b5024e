#pragma once

#include "base/clock.h"
#include "domain/ids.h"

namespace hoopoe {

// Stored as these numbers.
enum class NotificationKind {
  mention = 0,
  follow = 1,
  follow_request = 2,
  favourite = 3,
  repost = 4,
  edit = 5,    // of a post that one has reposted
  post = 6,    // by somebody one asked to be told about
  strike = 7,  // what moderators did to it, domain/strike.h; from itself
};

// One thing that happened to an account; of strikes alone it is also who it comes from.
struct Notification {
  NotificationId id;
  NotificationKind kind = NotificationKind::mention;
  AccountId from;
  PostId post;  // none for a follow
  Time created;
};

}  // namespace hoopoe
