#pragma once

#include <optional>
#include <vector>

#include "app/app.h"
#include "app/post_view.h"

namespace hoopoe::app {

// One place in a conversation: a post that the viewer may read, or a stub that keeps the thread joined: of
// one that was deleted, of one that the author of what it answers has hidden, or of one that is not for the
// viewer and stands above others that are.
struct ConversationEntry {
  PostId id;
  PostId reply_to;
  bool deleted = false;
  bool hidden = false;  // by the author of what it answers; to be read at its own address
  std::optional<PostView> view;
};

struct Conversation {
  std::vector<ConversationEntry> ancestors;    // from the root down
  std::vector<ConversationEntry> descendants;  // each after what it replies to, oldest first
};

// Refusal{not_found} when the viewer may not read the post itself. Of a tombstone the conversation is given.
Conversation conversation(App& app, Viewer viewer, PostId id);

}  // namespace hoopoe::app
