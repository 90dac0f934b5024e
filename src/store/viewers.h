#pragma once

#include <memory>
#include <vector>

#include "domain/viewer_state.h"
#include "store/database.h"
#include "store/shared_posts.h"

// How accounts stand to what they read: from the tables follows, blocks, mutes, favourites, posts, bookmarks,
// pins and conversation_mutes.
namespace hoopoe::store::viewers {

// What the viewer's state says of these posts, and of their authors, is known; of others it may be not.
std::shared_ptr<const ViewerState> find(Read& read, AccountId viewer,
                                        const std::vector<shared_posts::Pointer>& posts);

}  // namespace hoopoe::store::viewers
