#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/page.h"
#include "domain/post.h"
#include "store/database.h"

// Posts, reposts and tombstones, with their words, counts, mentions and tags: the tables posts, revisions,
// post_counts, replies, mentions and post_tags. Lists of posts are in store/timelines.h.
namespace hoopoe::store::posts {

std::optional<Post> find(Read& read, PostId id);
// In the order asked for, those that exist, tombstones included.
std::vector<Post> find_many(Read& read, const std::vector<PostId>& ids);
// The author's live repost of a post.
std::optional<PostId> find_repost(Read& read, AccountId author, PostId original);

// Of each of the posts, in their order.
std::vector<PostCounts> counts(Read& read, const std::vector<PostId>& ids);
// Of shown accounts.
std::vector<std::pair<PostId, Mention>> mentions(Read& read, const std::vector<PostId>& ids);
// Whom a post names, shown or not.
std::vector<AccountId> named_in(Read& read, PostId id);
// Those of the posts that the account has favourited; reposted.
std::vector<PostId> favourited(Read& read, AccountId account, const std::vector<PostId>& ids);
std::vector<PostId> reposted(Read& read, AccountId account, const std::vector<PostId>& ids);

// The post that the conversation of a post begins with: itself, when it answers nothing.
PostId root_of(Read& read, PostId id);
// From the root down to the parent, at most `limit` nearest ones, tombstones included.
std::vector<PostId> ancestors(Read& read, PostId id, int limit);
// All replies below, in the order of their ids, at most `limit` of at most `depth` steps, tombstones
// included.
std::vector<PostId> descendants(Read& read, PostId id, int limit, int depth);

// Whether the rule of the post, or of one above it, keeps the account from answering (domain/post.h).
bool is_closed_to(Read& read, PostId id, AccountId account);
// Has the one ever spoken to the other, by mention or by reply, for all to read?
bool has_addressed(Read& read, AccountId author, AccountId addressee);
// Or so that the addressee reads it?
bool has_written_to(Read& read, AccountId author, AccountId addressee);

struct NewPost {
  Post post;  // id and created are given by insert
  PersonId person;
  std::vector<AccountId> mentions;
  std::vector<std::string> tags;  // folded, each once
  std::vector<Photo> photos;      // in their order, with the words they are to have
};
Post insert(Write& write, NewPost post);
// Other words, and perhaps other readers, for a post that is there: a new revision on top of the old ones.
// Requires: tags_before are those it was inserted or revised with.
Post revise(Write& write, const Post& before, const std::vector<std::string>& tags_before, NewPost fresh);
void set_hidden(Write& write, PostId id, bool hidden);
// Oldest first; of a tombstone or a repost none.
std::vector<Revision> revisions(Read& read, PostId id);
std::vector<std::pair<PostId, Revision>> revisions(Read& read, const std::vector<PostId>& ids);
// Erases words and mentions, and keeps the tombstone; favourites no longer count. Requires: the post is there
// and not deleted; tags are those it was inserted with, which follow from its text.
void erase(Write& write, const Post& post, const std::vector<std::string>& tags);
// A tombstone that keeps its words, and its end. Requires: a post that is there; one that was hidden so.
void hide(Write& write, const Post& post);
void show(Write& write, const Post& post);
// Not deleted ones of an author, oldest first: to be erased in slices.
std::vector<PostId> of_author(Read& read, AccountId author, PostId after, int limit);
// All that an author's id is on, newest first: tombstones and reposts among them, whoever may read them.
std::vector<Post> all_of_author(Read& read, AccountId author, const Page& page);
// Who wrote them, tombstones included; in any order.
std::vector<std::pair<PostId, AccountId>> authors(Read& read, const std::vector<PostId>& ids);
// Live reposts of a post, which go with it.
std::vector<PostId> reposts_of(Read& read, PostId original, int limit);
// What a repost repeats; of any other id itself.
PostId original_of(Read& read, PostId id);
// Tombstones whose reposts and favourites are still to be erased: the table post_erasures.
void finish_later(Write& write, PostId tombstone);
std::optional<PostId> unfinished(Read& read);
void finish(Write& write, PostId tombstone);

enum class Count { replies, reposts, favourites };
void add_to_count(Write& write, PostId id, Count count, int change);

// The post that this very wish made less than an hour ago (Mastodon API: Idempotency-Key).
std::optional<PostId> find_by_idempotency_key(Read& read, AccountId author, std::string_view key, Time now);
void insert_idempotency_key(Write& write, AccountId author, std::string_view key, PostId post);
// Those past their hour, at most so many; true when there is more.
bool erase_old_idempotency_keys(Write& write, int limit);

}  // namespace hoopoe::store::posts
