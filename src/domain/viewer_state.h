#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "domain/ids.h"
#include "domain/post.h"

namespace hoopoe {

// What is known of a list of somebody's, such as favourites: which of the ids from some id on are in it. Of
// a short list that is every one.
template <class IdType>
class KnownIds {
 public:
  KnownIds() = default;
  // In any order, all that there are from the id on.
  explicit KnownIds(std::vector<IdType> ids, IdType from = {}) : ids_(std::move(ids)), from_(from) {
    std::ranges::sort(ids_);
  }

  bool knows(IdType id) const { return id >= from_; }
  // Requires: knows(id).
  bool contains(IdType id) const { return std::ranges::binary_search(ids_, id); }

  // What is in the one or the other.
  static KnownIds either(const KnownIds& one, const KnownIds& other) {
    std::vector<IdType> ids = one.ids_;
    ids.insert(ids.end(), other.ids_.begin(), other.ids_.end());
    return KnownIds(std::move(ids), std::max(one.from_, other.from_));
  }

 private:
  std::vector<IdType> ids_;
  IdType from_;
};

// How an account stands to others, and which posts it has marked. That of an anonymous reader is empty.
struct ViewerState {
  KnownIds<AccountId> followed;
  KnownIds<AccountId> blocked;  // by it, or blocking it
  KnownIds<AccountId> muted;
  KnownIds<PostId> favourited;
  KnownIds<PostId> reposted;
  KnownIds<PostId> bookmarked;
  KnownIds<PostId> muted_conversations;  // by the posts that they begin with
  KnownIds<PostId> pinned;               // all of them
  std::optional<Time> until;             // when the first mute ends by itself

  // Whether it says all of a post and its author.
  bool knows(const Post& post) const {
    return followed.knows(post.author) && blocked.knows(post.author) && muted.knows(post.author) &&
           favourited.knows(post.id) && reposted.knows(post.id) && bookmarked.knows(post.id) &&
           muted_conversations.knows(post.root);
  }
};

}  // namespace hoopoe
