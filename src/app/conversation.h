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
  int depth = 0;        // steps below the post that the conversation is of; 0 above it
  std::optional<PostView> view;
};

struct Conversation {
  std::vector<ConversationEntry> ancestors;    // from the root down
  std::vector<ConversationEntry> descendants;  // each after what it replies to, oldest first
};

// Refusal{not_found} when the viewer may not read the post itself. Of a tombstone the conversation is given.
Conversation conversation(App& app, Viewer viewer, PostId id);

// A conversation as somebody reads it: what led to the post, and the replies below in parts.
struct ConversationPart {
  std::vector<ConversationEntry> ancestors;  // the nearest ones, from the first down
  std::vector<ConversationEntry>
      descendants;             // of this part: each after what it replies to, stubs among them
  int replies = 0;             // all below the post that the viewer may read
  int before = 0;              // of these, in the parts before
  int shown = 0;               // of these, in this part
  int hidden = 0;              // of these, put aside by the author they reply to, with what hangs on them
  bool is_whole = true;        // false: there are more replies than are counted here
  std::optional<PostId> next;  // the next part comes after this entry; none: this was the last
};
// So that the page of a part fits the first round trip of data, and of what is above it there is some.
constexpr int part_replies = 40;
constexpr int part_ancestors = 20;
constexpr int part_descendants_max = 2000;  // counted, and read in parts: a few milliseconds of reading

// The part after that entry, or the first where there is no such entry. Refuses as conversation() does.
ConversationPart conversation_part(App& app, Viewer viewer, PostId id, PostId after = {});

}  // namespace hoopoe::app
