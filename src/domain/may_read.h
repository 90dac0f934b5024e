#pragma once

#include "domain/ids.h"
#include "domain/post.h"

namespace hoopoe {

// How a viewer stands to one post.
struct PostRelation {
  bool author_shown = true;  // neither suspended nor deleted
  bool follows_author = false;
  bool mentioned = false;
  bool blocked = false;  // one of viewer and author has blocked the other
};

// The one decision of who may read a post; no viewer is an anonymous reader. Pure; every surface asks it.
bool may_read(AccountId viewer, const Post& post, const PostRelation& relation);

}  // namespace hoopoe
