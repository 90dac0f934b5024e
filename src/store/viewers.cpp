#include "store/viewers.h"

#include <algorithm>

#include "store/blocks.h"
#include "store/bookmarks.h"
#include "store/follows.h"
#include "store/known.h"
#include "store/mutes.h"
#include "store/pins.h"
#include "store/posts.h"
#include "store/subjects.h"

namespace hoopoe::store::viewers {

namespace {

// Of a list that is longer, the newest: what is older is asked for as it is needed.
constexpr int accounts_kept = 10'000;
constexpr int posts_kept = 1'000;

// The first of a list from its newest, and where they end.
template <class IdType, class... Args>
KnownIds<IdType> newest(Read& read, Sql sql, int limit, const Args&... args) {
  std::vector<IdType> ids = read.values<IdType>(sql, limit, args...);
  const bool all = std::cmp_less(ids.size(), limit);
  const IdType from = all ? IdType{} : ids.back();
  return KnownIds<IdType>(std::move(ids), from);
}

ViewerState load_all(Read& read, AccountId viewer) {
  const auto accounts = [&](Sql sql) { return newest<AccountId>(read, sql, accounts_kept, viewer); };
  const auto posts = [&](Sql sql) { return newest<PostId>(read, sql, posts_kept, viewer); };
  return {
      .followed =
          accounts("select target_id from follows where follower_id = $2 order by target_id desc limit $1"),
      .blocked = KnownIds<AccountId>::either(
          accounts("select target_id from blocks where account_id = $2 order by target_id desc limit $1"),
          accounts("select account_id from blocks where target_id = $2 order by account_id desc limit $1")),
      .muted = newest<AccountId>(read,
                                 "select target_id from mutes where account_id = $2 "
                                 "and (expires is null or expires > $3) order by target_id desc limit $1",
                                 accounts_kept, viewer, read.now()),
      .favourited =
          posts("select post_id from favourites where account_id = $2 order by post_id desc limit $1"),
      .reposted = posts("select repost_of from posts where author_id = $2 and repost_of is not null "
                        "and deleted is null order by repost_of desc limit $1"),
      .bookmarked =
          posts("select post_id from bookmarks where account_id = $2 order by post_id desc limit $1"),
      .muted_conversations = posts(
          "select root_id from conversation_mutes where account_id = $2 order by root_id desc limit $1"),
      .pinned = KnownIds<PostId>(pins::of_account(read, viewer)),
      .until = mutes::next_end(read, viewer),
  };
}

ViewerState load_for(Read& read, AccountId viewer, const std::vector<shared_posts::Pointer>& shared) {
  std::vector<AccountId> authors;
  std::vector<PostId> posts;
  std::vector<PostId> roots;
  for (const auto& one : shared) {
    authors.push_back(one->post->author);
    posts.push_back(one->post->id);
    roots.push_back(one->post->root);
  }
  return {
      .followed = KnownIds(follows::followed_among(read, viewer, authors)),
      .blocked = KnownIds(blocks::between(read, viewer, authors)),
      .muted = KnownIds(mutes::muted_among(read, viewer, authors)),
      .favourited = KnownIds(posts::favourited(read, viewer, posts)),
      .reposted = KnownIds(posts::reposted(read, viewer, posts)),
      .bookmarked = KnownIds(bookmarks::among(read, viewer, posts)),
      .muted_conversations = KnownIds(mutes::muted_conversations_among(read, viewer, roots)),
      .pinned = KnownIds(pins::of_account(read, viewer)),
      .until = std::nullopt,
  };
}

std::shared_ptr<const ViewerState> remembered(Read& read, AccountId viewer) {
  auto state = recall_one(
      read, &Known::viewers, viewer,
      [&](const sql::LastChanges& changes, const ViewerState&) {
        return std::max(changes.of(subjects::viewer(viewer)), changes.of(subjects::follows(viewer)));
      },
      [&] { return std::optional(load_all(read, viewer)); });
  if (!state->until || *state->until > read.now()) return state;
  state = std::make_shared<const ViewerState>(load_all(read, viewer));
  read.memory()->known->viewers.add(viewer, state, read.memory()->as_of);
  return state;
}

}  // namespace

std::shared_ptr<const ViewerState> find(Read& read, AccountId viewer,
                                        const std::vector<shared_posts::Pointer>& posts) {
  if (!viewer) return std::make_shared<const ViewerState>();
  if (read.memory()) {
    auto state = remembered(read, viewer);
    if (std::ranges::all_of(posts, [&](const auto& one) { return state->knows(*one->post); })) return state;
  }
  return std::make_shared<const ViewerState>(load_for(read, viewer, posts));
}

}  // namespace hoopoe::store::viewers
