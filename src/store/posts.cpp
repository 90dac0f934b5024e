#include "store/posts.h"

#include <unordered_map>

#include <fmt/format.h>

#include "store/known.h"
#include "store/occasions.h"
#include "store/page.h"
#include "store/photos.h"
#include "store/subjects.h"

namespace hoopoe::store::posts {

namespace {

constexpr int rule_depth_max = 1000;  // above a post; some 2 ms

constexpr std::string_view select_post =
    "select p.id, p.author_id, p.created, p.edited, p.deleted, p.reply_to, p.reply_to_author, p.repost_of, "
    "p.visibility, p.client_id, coalesce(r.sensitive, false), coalesce(r.warning, ''), coalesce(r.language, "
    "''), "
    "coalesce(r.text, ''), p.revision, p.reply_rule, p.hidden, coalesce(p.root_id, p.id), p.photos from "
    "posts p left "
    "join revisions r on "
    "r.post_id = p.id and r.number = "
    "p.revision ";

Post to_post(const Row& row) {
  return {.id = row.get<PostId>(0),
          .author = row.get<AccountId>(1),
          .created = row.get<Time>(2),
          .revision = row.get<int>(14),
          .edited = row.get<std::optional<Time>>(3),
          .deleted = row.get<std::optional<Time>>(4),
          .reply_to = row.get<PostId>(5),
          .reply_to_author = row.get<AccountId>(6),
          .root = row.get<PostId>(17),
          .repost_of = row.get<PostId>(7),
          .visibility = row.get<Visibility>(8),
          .sensitive = row.get<bool>(10),
          .warning = row.get<std::string>(11),
          .reply_rule = row.get<ReplyRule>(15),
          .hidden = row.get<bool>(16),
          .language = row.get<std::string>(12),
          .text = row.get<std::string>(13),
          .photo_count = row.get<int>(18),
          .client = row.get<ClientId>(9)};
}

template <class... Args>
std::vector<Post> select(Read& read, std::string_view condition, const Args&... args) {
  return read.all(Sql::built(std::string(select_post).append(condition)), to_post, args...);
}

void insert_exchange(Write& write, const Post& post, AccountId addressee) {
  if (addressee == post.author) return;
  write.execute(
      "insert into exchanges (author_id, addressee_id, post_id) values ($1, $2, $3) on conflict do nothing",
      post.author, addressee, post.id);
}

void insert_revision(Write& write, const Post& post, PersonId person) {
  write.execute(
      "insert into revisions (post_id, number, created, person_id, text, warning, sensitive, language, "
      "visibility) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      post.id, post.revision, write.now(), person, post.text, post.warning, post.sensitive, post.language,
      post.visibility);
}

// What follows from a post's words, and what it shows.
void insert_entities(Write& write, const NewPost& fresh) {
  const Post& post = fresh.post;
  for (const AccountId account : fresh.mentions) {
    write.execute("insert into mentions (post_id, account_id) values ($1, $2)", post.id, account);
    insert_exchange(write, post, account);
  }
  if (post.reply_to_author) insert_exchange(write, post, post.reply_to_author);
  for (const std::string& tag : fresh.tags) {
    write.execute("insert into post_tags (tag, post_id) values ($1, $2)", tag, post.id);
  }
  photos::show(write, post.id, post.revision, fresh.photos);
}

void erase_entities(Write& write, const Post& post, const std::vector<std::string>& tags) {
  write.execute(
      "delete from exchanges where author_id = $1 and post_id = $2 and (addressee_id = $3 "
      "or addressee_id in (select account_id from mentions where post_id = $2))",
      post.author, post.id, post.reply_to_author);
  write.execute("delete from mentions where post_id = $1", post.id);
  for (const std::string& tag : tags) {
    write.execute("delete from post_tags where tag = $1 and post_id = $2", tag, post.id);
  }
}

}  // namespace

std::optional<Post> find(Read& read, PostId id) {
  std::vector<Post> posts = select(read, "where p.id = $1", id);
  if (posts.empty()) return std::nullopt;
  return std::move(posts.front());
}

std::vector<Post> find_many(Read& read, const std::vector<PostId>& ids) {
  std::unordered_map<PostId, Post> found;
  for (Post& post : select(read, "where p.id in {ids:$1}", ids)) found.emplace(post.id, std::move(post));
  std::vector<Post> posts;
  for (const PostId id : ids) {
    if (const auto post = found.find(id); post != found.end()) posts.push_back(post->second);
  }
  return posts;
}

std::optional<PostId> find_repost(Read& read, AccountId author, PostId original) {
  return read.maybe<PostId>(
      "select id from posts where author_id = $1 and repost_of = $2 and deleted is null", author, original);
}

std::vector<PostCounts> counts(Read& read, const std::vector<PostId>& ids) {
  const auto load = [&](const std::vector<PostId>& missing) {
    std::unordered_map<PostId, KeptCounts> loaded;
    for (const PostId id : missing) loaded[id].post = id;
    for (const Row& row :
         read.query("select post_id, replies, reposts, favourites from post_counts where post_id in {ids:$1}",
                    missing)) {
      loaded.at(row.get<PostId>(0)).counts = {.replies = row.get<std::int64_t>(1),
                                              .reposts = row.get<std::int64_t>(2),
                                              .favourites = row.get<std::int64_t>(3)};
    }
    return loaded;
  };
  const auto changed = [](const sql::LastChanges& changes, const KeptCounts& kept) {
    return changes.of(subjects::post_counts(kept.post));
  };
  std::vector<PostCounts> counts;
  counts.reserve(ids.size());
  for (const auto& kept : recall(read, &Known::post_counts, ids, changed, load)) {
    counts.push_back(kept->counts);
  }
  return counts;
}

std::vector<std::pair<PostId, Mention>> mentions(Read& read, const std::vector<PostId>& ids) {
  return read.all(
      "select m.post_id, a.id, a.handle, coalesce(a.domain, '') from mentions m "
      "join accounts a on a.id = m.account_id and a.suspended is null and a.deleted is null "
      "where m.post_id in {ids:$1} order by m.post_id, m.account_id",
      [](const Row& row) {
        return std::pair(row.get<PostId>(0), Mention{.account = row.get<AccountId>(1),
                                                     .handle = row.get<std::string>(2),
                                                     .domain = row.get<std::string>(3)});
      },
      ids);
}

std::vector<AccountId> named_in(Read& read, PostId id) {
  return read.values<AccountId>("select account_id from mentions where post_id = $1", id);
}

std::vector<PostId> favourited(Read& read, AccountId account, const std::vector<PostId>& ids) {
  return read.values<PostId>("select post_id from favourites where account_id = $1 and post_id in {ids:$2}",
                             account, ids);
}

std::vector<PostId> reposted(Read& read, AccountId account, const std::vector<PostId>& ids) {
  return read.values<PostId>(
      "select repost_of from posts where author_id = $1 and repost_of in {ids:$2} "
      "and repost_of is not null and deleted is null",
      account, ids);
}

PostId root_of(Read& read, PostId id) {
  return read.maybe<PostId>("select coalesce(root_id, id) from posts where id = $1", id).value_or(id);
}

std::vector<PostId> ancestors(Read& read, PostId id, int limit) {
  return read.values<PostId>(
      "with recursive up(id, depth) as ("
      "select reply_to, 1 from posts where id = $1 and reply_to is not null union all "
      "select p.reply_to, up.depth + 1 from up join posts p on p.id = up.id "
      "where p.reply_to is not null and up.depth < $2) "
      "select id from up order by depth desc",
      id, limit);
}

std::vector<PostId> descendants(Read& read, PostId id, int limit, int depth) {
  return read.values<PostId>(
      "with recursive down(id, depth) as ("
      "select reply_id, 1 from replies where post_id = $1 union all "
      "select r.reply_id, down.depth + 1 from down join replies r on r.post_id = down.id "
      "where down.depth < $3 limit $2) "
      "select id from down order by id",
      id, limit, depth);
}

bool is_closed_to(Read& read, PostId id, AccountId account) {
  return read.exists(
      "with recursive up(id, depth) as (select $1, 1 union all select p.reply_to, up.depth + 1 from up "
      "join posts p on p.id = up.id where p.reply_to is not null and up.depth < $3) "
      "select 1 from up join posts p on p.id = up.id "
      "where p.reply_rule > 0 and p.deleted is null and p.author_id <> $2 "
      "and not exists (select 1 from mentions m where m.post_id = p.id and m.account_id = $2) "
      "and not (p.reply_rule = 1 and exists (select 1 from follows f where f.follower_id = p.author_id "
      "and f.target_id = $2)) limit 1",
      id, account, rule_depth_max);
}

bool has_addressed(Read& read, AccountId author, AccountId addressee) {
  return read.exists(
      "select 1 from exchanges e join posts p on p.id = e.post_id and p.visibility < 2 "
      "and p.deleted is null where e.author_id = $1 and e.addressee_id = $2 limit 1",
      author, addressee);
}

bool has_written_to(Read& read, AccountId author, AccountId addressee) {
  return read.exists(
      "select 1 from exchanges e join posts p on p.id = e.post_id and p.deleted is null "
      "where e.author_id = $1 and e.addressee_id = $2 and (p.visibility < 2 or exists "
      "(select 1 from mentions m where m.post_id = p.id and m.account_id = $2)) limit 1",
      author, addressee);
}

Post insert(Write& write, NewPost fresh) {
  Post& post = fresh.post;
  post.id = write.next_id<PostId>();
  post.created = write.now();
  const PostId answered_root = post.reply_to ? root_of(write, post.reply_to) : PostId{};
  post.root = post.reply_to ? answered_root : post.id;
  post.photo_count = static_cast<int>(fresh.photos.size());
  write.execute(
      "insert into posts (id, author_id, person_id, client_id, created, reply_to, reply_to_author, "
      "repost_of, visibility, reply_rule, root_id, photos) "
      "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
      post.id, post.author, fresh.person, post.client, post.created, post.reply_to, post.reply_to_author,
      post.repost_of, post.visibility, post.reply_rule, answered_root, post.photo_count);
  if (!post.repost_of) insert_revision(write, post, fresh.person);
  if (post.reply_to) {
    write.execute("insert into replies (post_id, reply_id) values ($1, $2)", post.reply_to, post.id);
    if (is_for_all(post.visibility)) add_to_count(write, post.reply_to, Count::replies, 1);
  }
  insert_entities(write, fresh);
  if (post.repost_of) write.changes(subjects::viewer(post.author));
  return post;
}

Post revise(Write& write, const Post& before, const std::vector<std::string>& tags_before, NewPost fresh) {
  Post& post = fresh.post;
  post.revision = before.revision + 1;
  post.edited = write.now();
  post.photo_count = static_cast<int>(fresh.photos.size());
  write.changes(subjects::post(post.id));
  write.changes(subjects::audiences);
  erase_entities(write, before, tags_before);
  write.execute("update posts set revision = $2, edited = $3, visibility = $4, photos = $5 where id = $1",
                post.id, post.revision, post.edited, post.visibility, post.photo_count);
  insert_revision(write, post, fresh.person);
  insert_entities(write, fresh);
  const int change =
      static_cast<int>(is_for_all(post.visibility)) - static_cast<int>(is_for_all(before.visibility));
  if (post.reply_to && change != 0) add_to_count(write, post.reply_to, Count::replies, change);
  return post;
}

void set_hidden(Write& write, PostId id, bool hidden) {
  write.execute("update posts set hidden = $2 where id = $1", id, hidden);
  write.changes(subjects::post(id));
}

std::vector<Revision> revisions(Read& read, PostId id) {
  std::vector<Revision> found;
  for (auto& [post, revision] : revisions(read, std::vector{id})) found.push_back(std::move(revision));
  return found;
}

std::vector<std::pair<PostId, Revision>> revisions(Read& read, const std::vector<PostId>& ids) {
  auto found = read.all(
      "select number, created, sensitive, warning, language, text, visibility, post_id from revisions "
      "where post_id in {ids:$1} order by post_id, number",
      [](const Row& row) {
        return std::pair(row.get<PostId>(7), Revision{.number = row.get<int>(0),
                                                      .created = row.get<Time>(1),
                                                      .sensitive = row.get<bool>(2),
                                                      .warning = row.get<std::string>(3),
                                                      .language = row.get<std::string>(4),
                                                      .text = row.get<std::string>(5),
                                                      .visibility = row.get<Visibility>(6),
                                                      .photos = {}});
      },
      ids);
  // Both are in the order of post and number.
  auto revision = found.begin();
  for (photos::Shown& shown : photos::of_revisions(read, ids)) {
    while (revision->first != shown.post || revision->second.number != shown.revision) ++revision;
    revision->second.photos.push_back(std::move(shown.photo));
  }
  return found;
}

void erase(Write& write, const Post& post, const std::vector<std::string>& tags) {
  write.execute("update posts set deleted = $2, person_id = null, client_id = null, photos = 0 where id = $1",
                post.id, write.now());
  write.changes(subjects::post(post.id));
  write.changes(subjects::post_counts(post.id));
  write.changes(subjects::viewer(post.author));
  write.execute("delete from revisions where post_id = $1", post.id);
  if (!post.repost_of) photos::erase_of_post(write, post.id);
  erase_entities(write, post, tags);
  write.execute("update post_counts set favourites = 0 where post_id = $1", post.id);
  write.execute("delete from pins where account_id = $1 and post_id = $2", post.author, post.id);
  occasions::erase(write, post.id);
  if (!is_for_all(post.visibility)) return;
  if (post.reply_to) add_to_count(write, post.reply_to, Count::replies, -1);
  if (post.repost_of) add_to_count(write, post.repost_of, Count::reposts, -1);
}

void hide(Write& write, const Post& post) {
  write.execute("update posts set deleted = $2 where id = $1", post.id, write.now());
  write.changes(subjects::post(post.id));
  if (is_for_all(post.visibility) && post.reply_to) add_to_count(write, post.reply_to, Count::replies, -1);
}

void show(Write& write, const Post& post) {
  write.execute("update posts set deleted = null where id = $1", post.id);
  write.changes(subjects::post(post.id));
  if (is_for_all(post.visibility) && post.reply_to) add_to_count(write, post.reply_to, Count::replies, 1);
}

std::vector<PostId> of_author(Read& read, AccountId author, PostId after, int limit) {
  return read.values<PostId>(
      "select id from posts where author_id = $1 and id > $2 and deleted is null "
      "order by id limit $3",
      author, after.value, limit);
}

std::vector<Post> all_of_author(Read& read, AccountId author, const Page& page) {
  return page_of(read, std::string(select_post).append("where p.author_id = $1 and "), "p.id", page, to_post,
                 author);
}

std::vector<std::pair<PostId, AccountId>> authors(Read& read, const std::vector<PostId>& ids) {
  return read.all(
      "select id, author_id from posts where id in {ids:$1}",
      [](const Row& row) { return std::pair(row.get<PostId>(0), row.get<AccountId>(1)); }, ids);
}

std::vector<PostId> reposts_of(Read& read, PostId original, int limit) {
  return read.values<PostId>("select id from posts where repost_of = $1 and deleted is null limit $2",
                             original, limit);
}

PostId original_of(Read& read, PostId id) {
  return read.maybe<PostId>("select coalesce(repost_of, id) from posts where id = $1", id).value_or(id);
}

void finish_later(Write& write, PostId tombstone) {
  write.execute("insert into post_erasures (post_id) values ($1) on conflict do nothing", tombstone);
}

std::optional<PostId> unfinished(Read& read) {
  return read.maybe<PostId>("select post_id from post_erasures where post_id > 0 order by post_id limit 1");
}

void finish(Write& write, PostId tombstone) {
  write.execute("delete from post_erasures where post_id = $1", tombstone);
}

void add_to_count(Write& write, PostId id, Count count, int change) {
  const std::string_view column = count == Count::replies   ? "replies"
                                  : count == Count::reposts ? "reposts"
                                                            : "favourites";
  const std::string sql = fmt::format(
      "insert into post_counts (post_id, {0}) values ($1, $2) "
      "on conflict (post_id) do update set {0} = post_counts.{0} + excluded.{0}",
      column);
  write.execute(Sql::built(sql), id, change);
  write.changes(subjects::post_counts(id));
}

std::optional<PostId> find_by_idempotency_key(Read& read, AccountId author, std::string_view key, Time now) {
  return read.maybe<PostId>(
      "select post_id from idempotency_keys where account_id = $1 and key = $2 and created > $3", author, key,
      now - idempotency_key_lifetime);
}

void insert_idempotency_key(Write& write, AccountId author, std::string_view key, PostId post) {
  write.execute(
      "insert into idempotency_keys (account_id, key, post_id, created) values ($1, $2, $3, $4) "
      "on conflict (account_id, key) do update set post_id = $3, created = $4",
      author, key, post, write.now());
}

bool erase_old_idempotency_keys(Write& write, int limit) {
  return write.execute(
             "delete from idempotency_keys where (account_id, key) in "
             "(select account_id, key from idempotency_keys where created <= $1 limit $2)",
             write.now() - idempotency_key_lifetime, limit) == limit;
}

}  // namespace hoopoe::store::posts
