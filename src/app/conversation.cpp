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
  while (!waiting.empty()) {
    const std::size_t next = waiting.back();
    waiting.pop_back();
    const auto& below = children[entries[next].id];
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

}  // namespace

Conversation conversation(App& app, Viewer viewer, PostId id) {
  return app.db.read([&](store::Read& read) {
    const std::optional<Post> post = store::posts::find(read, id);
    if (!post || !post->deleted || !is_for_all(post->visibility))
      view_post(read, viewer, id);  // refuses what the viewer may not read
    const ContextLimits& limits = viewer ? limits_signed_in : limits_anonymous;
    Conversation found{
        .ancestors = entries(read, viewer, store::posts::ancestors(read, id, limits.ancestors), Where::above),
        .descendants = threaded(
            entries(read, viewer, store::posts::descendants(read, id, limits.descendants, limits.depth),
                    Where::below),
            id)};
    put_aside_hidden(found.descendants);
    remove_idle_stubs(found.descendants);
    return found;
  });
}

}  // namespace hoopoe::app
