#include "app/conversation.h"

#include <algorithm>
#include <ranges>
#include <unordered_map>
#include <unordered_set>

#include "base/refusal.h"
#include "store/posts.h"

namespace hoopoe::app {

namespace {

// Mastodon API, statuses/:id/context: what an anonymous reader gets, and what a signed-in one.
struct ContextLimits {
  int ancestors;
  int descendants;
  int depth;
};
constexpr ContextLimits limits_anonymous{.ancestors = 40, .descendants = 60, .depth = 20};
constexpr ContextLimits limits_signed_in{.ancestors = 4096, .descendants = 4096, .depth = 4096};
constexpr ContextLimits limits_of_parts{
    .ancestors = part_ancestors, .descendants = part_descendants_max, .depth = part_descendants_max};

constexpr int part_stubs_max = 40;  // of a part; a stub is a line

// What led to a post is shown whole; what was said below it as lists are.
enum class Where { above, below };

std::vector<ConversationEntry> entries(store::Read& read, Viewer viewer, const std::vector<PostId>& ids,
                                       Where where) {
  std::unordered_map<PostId, PostView> views;
  for (PostView& view : view_posts(read, viewer, ids, where == Where::above ? Muted::shown : Muted::left_out))
    views.emplace(view.post->id, std::move(view));
  std::vector<ConversationEntry> entries;
  for (const Post& post : store::posts::find_many(read, ids)) {
    entries.push_back({.id = post.id,
                       .reply_to = post.reply_to,
                       .deleted = post.deleted && is_for_all(post.visibility),
                       .view = std::nullopt});
    entries.back().hidden = post.hidden && where == Where::below;
    if (const auto view = views.find(post.id); view != views.end())
      entries.back().view = std::move(view->second);
  }
  return entries;
}

// Replies below what they reply to, depth first, each level in the order of time; nothing below the hidden.
std::vector<ConversationEntry> threaded(std::vector<ConversationEntry> entries, PostId root) {
  std::unordered_map<PostId, std::vector<std::size_t>> children;
  for (std::size_t i = 0; i < entries.size(); ++i) children[entries[i].reply_to].push_back(i);
  std::vector<ConversationEntry> ordered;
  std::vector<std::size_t> waiting(children[root].rbegin(), children[root].rend());
  for (const std::size_t first : waiting) entries[first].depth = 1;
  while (!waiting.empty()) {
    const std::size_t next = waiting.back();
    waiting.pop_back();
    const auto& below = children[entries[next].id];
    for (const std::size_t child : below) entries[child].depth = entries[next].depth + 1;
    if (!entries[next].hidden) waiting.insert(waiting.end(), below.rbegin(), below.rend());
    ordered.push_back(std::move(entries[next]));
  }
  return ordered;
}

// A hidden post with nothing below it to join leaves no trace.
void remove_idle_stubs(std::vector<ConversationEntry>& threaded) {
  std::unordered_set<PostId> joining;
  const auto idle = [&](const ConversationEntry& entry) {
    if (!entry.view && !entry.deleted && !entry.hidden && !joining.contains(entry.id)) return true;
    joining.insert(entry.reply_to);
    return false;
  };
  // From the last up: what is below comes before what it hangs on.
  std::vector<ConversationEntry> kept;
  for (ConversationEntry& entry : std::views::reverse(threaded)) {
    if (!idle(entry)) kept.push_back(std::move(entry));
  }
  std::ranges::reverse(kept);
  threaded = std::move(kept);
}

// What is hidden is a stub for those who could read it, and nothing for others.
void put_aside_hidden(std::vector<ConversationEntry>& threaded) {
  std::erase_if(threaded, [](const ConversationEntry& entry) { return entry.hidden && !entry.view; });
  for (ConversationEntry& entry : threaded) {
    if (entry.hidden) entry.view.reset();
  }
}

// Refuses what the viewer may not read; of a tombstone that everyone might have read there is a conversation.
void require_conversation(store::Read& read, Viewer viewer, PostId id) {
  const std::optional<Post> post = store::posts::find(read, id);
  if (!post || !post->deleted || !is_for_all(post->visibility)) view_post(read, viewer, id);
}

bool is_shown(const ConversationEntry& entry) { return entry.view.has_value(); }

struct Below {
  std::vector<ConversationEntry> threaded;
  int readable = 0;  // by the viewer, those included that are put aside
  bool is_whole = true;
};
Below below(store::Read& read, Viewer viewer, PostId id, const ContextLimits& limits) {
  std::vector<PostId> ids = store::posts::descendants(read, id, limits.descendants + 1, limits.depth);
  const bool is_whole = std::ssize(ids) <= limits.descendants;
  if (!is_whole) ids.pop_back();
  auto all = entries(read, viewer, ids, Where::below);
  const auto readable = static_cast<int>(std::ranges::count_if(all, is_shown));
  Below found{.threaded = threaded(std::move(all), id), .readable = readable, .is_whole = is_whole};
  put_aside_hidden(found.threaded);
  remove_idle_stubs(found.threaded);
  return found;
}

std::vector<ConversationEntry> above(store::Read& read, Viewer viewer, PostId id,
                                     const ContextLimits& limits) {
  return entries(read, viewer, store::posts::ancestors(read, id, limits.ancestors), Where::above);
}

}  // namespace

Conversation conversation(App& app, Viewer viewer, PostId id) {
  return app.db.read([&](store::Read& read) {
    require_conversation(read, viewer, id);
    const ContextLimits& limits = viewer ? limits_signed_in : limits_anonymous;
    return Conversation{.ancestors = above(read, viewer, id, limits),
                        .descendants = below(read, viewer, id, limits).threaded};
  });
}

ConversationPart conversation_part(App& app, Viewer viewer, PostId id, PostId after) {
  return app.db.read([&](store::Read& read) {
    require_conversation(read, viewer, id);
    Below all = below(read, viewer, id, limits_of_parts);
    auto& order = all.threaded;
    const auto shown_in = [](auto begin, auto end) {
      return static_cast<int>(std::count_if(begin, end, is_shown));
    };
    const auto last_before = std::ranges::find(order, after, &ConversationEntry::id);
    const auto begin = last_before == order.end() ? order.begin() : std::next(last_before);
    auto end = begin;
    int replies = 0;
    int stubs = 0;
    // A few stubs at the end make no part of their own.
    while (end != order.end() && stubs < part_stubs_max && (replies < part_replies || !is_shown(*end))) {
      ++(is_shown(*end) ? replies : stubs);
      ++end;
    }
    ConversationPart part{.ancestors = above(read, viewer, id, limits_of_parts),
                          .replies = all.readable,
                          .before = shown_in(order.begin(), begin),
                          .shown = shown_in(begin, end),
                          .hidden = all.readable - shown_in(order.begin(), order.end()),
                          .is_whole = all.is_whole};
    if (end != order.end()) part.next = std::prev(end)->id;
    part.descendants.assign(std::make_move_iterator(begin), std::make_move_iterator(end));
    return part;
  });
}

}  // namespace hoopoe::app
