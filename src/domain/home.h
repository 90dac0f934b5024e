#pragma once

#include <vector>

#include "domain/ids.h"

namespace hoopoe {

// A post, or a repost, on its way to home timelines.
struct Arrival {
  PostId id;
  AccountId author;
  AccountId reply_to_author;  // none: it answers nobody
  bool is_repost = false;
  bool for_mentioned_alone = false;
};

struct Followed {
  AccountId account;
  bool reposts_shown = true;
};

// The newest of what may be on a home, newest first, and complete from an id on: what is older may be
// missing. Posts of whom the reader follows and its own, with reposts as the reader wants them, and with no
// answers to people it does not follow. What depends on more than follows (deletions, mutes, who may read)
// is for whoever shows them.
struct HomeIds {
  std::vector<PostId> ids;
  PostId complete_from;
};

}  // namespace hoopoe
