#include "app/post_view.h"

#include <algorithm>
#include <unordered_set>

#include "base/refusal.h"
#include "domain/may_read.h"
#include "store/accounts.h"
#include "store/blocks.h"
#include "store/bookmarks.h"
#include "store/follows.h"
#include "store/mutes.h"
#include "store/oauth.h"
#include "store/pins.h"
#include "store/posts.h"

namespace hoopoe::app {

namespace {

template <class Key, class Value>
using Map = std::unordered_map<Key, Value>;

// What the posts of one page share, fetched at once.
struct Surroundings {
  Map<AccountId, std::shared_ptr<const Account>> accounts;
  Map<PostId, PostCounts> counts;
  Map<PostId, std::vector<Mention>> mentions;
  Map<ClientId, PostCard::Client> clients;
  std::unordered_set<AccountId> followed;
  std::unordered_set<AccountId> blocked;
  std::unordered_set<AccountId> muted;
  std::unordered_set<PostId> favourited;
  std::unordered_set<PostId> reposted;
  std::unordered_set<PostId> bookmarked;
  std::unordered_set<PostId> pinned;
  std::unordered_set<PostId> in_muted;
};

Surroundings fetch(store::Read& read, Viewer viewer, const std::vector<Post>& posts, Muted muted) {
  std::vector<PostId> ids;
  std::vector<AccountId> authors;
  std::vector<ClientId> clients;
  for (const Post& post : posts) {
    ids.push_back(post.id);
    authors.push_back(post.author);
    if (post.client) clients.push_back(post.client);
  }
  Surroundings found;
  for (Account& account : store::accounts::find_many(read, authors)) {
    found.accounts.emplace(account.id, std::make_shared<const Account>(std::move(account)));
  }
  for (const auto& [id, counts] : store::posts::counts(read, ids)) found.counts.emplace(id, counts);
  for (auto& [id, mention] : store::posts::mentions(read, ids)) found.mentions[id].push_back(mention);
  for (const auto& client : store::oauth::find_clients(read, clients)) {
    found.clients.emplace(client.id, PostCard::Client{.name = client.name, .website = client.website});
  }
  if (viewer) {
    for (const AccountId id : store::follows::followed_among(read, viewer, authors))
      found.followed.insert(id);
    for (const AccountId id : store::blocks::between(read, viewer, authors)) found.blocked.insert(id);
    if (muted == Muted::left_out) {
      for (const AccountId id : store::mutes::muted_among(read, viewer, authors)) found.muted.insert(id);
    }
    for (const PostId id : store::posts::favourited(read, viewer, ids)) found.favourited.insert(id);
    for (const PostId id : store::posts::reposted(read, viewer, ids)) found.reposted.insert(id);
    for (const PostId id : store::bookmarks::among(read, viewer, ids)) found.bookmarked.insert(id);
    for (const PostId id : store::mutes::in_muted_conversations(read, viewer, ids)) found.in_muted.insert(id);
    if (std::ranges::find(authors, viewer) != authors.end()) {
      for (const PostId id : store::pins::of_account(read, viewer)) found.pinned.insert(id);
    }
  }
  return found;
}

bool is_for(const Post& post, Viewer viewer, const Surroundings& around) {
  if (around.muted.contains(post.author)) return false;
  const auto author = around.accounts.find(post.author);
  PostRelation relation{.author_shown = author != around.accounts.end() && author->second->is_shown(),
                        .follows_author = around.followed.contains(post.author),
                        .mentioned = false,
                        .blocked = around.blocked.contains(post.author)};
  if (const auto mentions = around.mentions.find(post.id); mentions != around.mentions.end()) {
    relation.mentioned =
        std::ranges::find(mentions->second, viewer, &Mention::account) != mentions->second.end();
  }
  return may_read(viewer, post, relation);
}

template <class Key, class Value>
Value value_or_default(const Map<Key, Value>& map, Key key) {
  const auto found = map.find(key);
  return found == map.end() ? Value{} : found->second;
}

std::shared_ptr<PostCard> card_of(const Post& post) {
  auto card = std::make_shared<PostCard>();
  static_cast<Post&>(*card) = post;
  return card;
}

PostView compose(const Post& post, const Surroundings& around) {
  auto card = card_of(post);
  card->mentions = value_or_default(around.mentions, post.id);
  if (const auto client = around.clients.find(post.client); client != around.clients.end()) {
    card->written_with = client->second;
  }
  return {.post = std::move(card),
          .author = around.accounts.at(post.author),
          .counts = value_or_default(around.counts, post.id),
          .favourited = around.favourited.contains(post.id),
          .reposted = around.reposted.contains(post.id),
          .bookmarked = around.bookmarked.contains(post.id),
          .pinned = around.pinned.contains(post.id),
          .muted = around.in_muted.contains(post.id),
          .original = nullptr};
}

}  // namespace

std::vector<PostView> view_posts(store::Read& read, Viewer viewer, const std::vector<PostId>& ids,
                                 Muted muted) {
  std::vector<Post> posts = store::posts::find_many(read, ids);
  std::vector<PostId> original_ids;
  for (const Post& post : posts) {
    if (post.repost_of) original_ids.push_back(post.repost_of);
  }
  const std::size_t asked = posts.size();
  std::ranges::copy(store::posts::find_many(read, original_ids), std::back_inserter(posts));
  const Surroundings around = fetch(read, viewer, posts, muted);

  Map<PostId, std::shared_ptr<const PostView>> originals;
  for (std::size_t i = asked; i < posts.size(); ++i) {
    if (!is_for(posts[i], viewer, around)) continue;
    originals.emplace(posts[i].id, std::make_shared<const PostView>(compose(posts[i], around)));
  }
  std::vector<PostView> views;
  for (std::size_t i = 0; i < asked; ++i) {
    const Post& post = posts[i];
    if (!is_for(post, viewer, around)) continue;
    if (post.repost_of && !originals.contains(post.repost_of)) continue;
    views.push_back(compose(post, around));
    if (post.repost_of) views.back().original = originals.at(post.repost_of);
  }
  return views;
}

std::vector<AccountId> not_wanted_by(store::Read& read, const PostView& view,
                                     const std::vector<AccountId>& viewers) {
  if (viewers.empty()) return {};
  std::vector<AccountId> authors{view.post->author};
  if (view.original) authors.push_back(view.original->post->author);
  std::vector<AccountId> found = store::mutes::muting_among(read, viewers, authors);
  for (const AccountId author : authors) {
    std::ranges::copy(store::blocks::between(read, author, viewers), std::back_inserter(found));
  }
  return found;
}

PostView bare_view(const Post& post, const Account& author) {
  return {.post = card_of(post), .author = std::make_shared<const Account>(author)};
}

PostView without_flags(PostView view) {
  view.favourited = view.reposted = view.bookmarked = view.pinned = view.muted = false;
  if (view.original) view.original = std::make_shared<const PostView>(without_flags(*view.original));
  return view;
}

std::optional<PostView> find_post(store::Read& read, Viewer viewer, PostId id) {
  std::vector<PostView> views = view_posts(read, viewer, {id}, Muted::shown);
  if (views.empty()) return std::nullopt;
  return std::move(views.front());
}

PostView view_post(store::Read& read, Viewer viewer, PostId id) {
  if (auto view = find_post(read, viewer, id)) return *std::move(view);
  const std::optional<Post> post = store::posts::find(read, id);
  if (post && post->deleted && is_for_all(post->visibility))
    throw Refusal(RefusalKind::gone, "This post was deleted.");
  throw Refusal(RefusalKind::not_found, "Record not found");
}

}  // namespace hoopoe::app
