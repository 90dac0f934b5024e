#include "store/timelines.h"

#include "store/outbox.h"
#include "store/page.h"

namespace hoopoe::store::timelines {

namespace {

// Whether a post p is there and its visibility lets in the account whose parameter has this number: may_read
// without blocks.
std::string visible_to(int viewer) {
  return fmt::format(
      "p.deleted is null and (p.visibility < 2 or p.author_id = ${0} "
      "or exists (select 1 from mentions n where n.post_id = p.id and n.account_id = ${0}) "
      "or p.visibility = 2 and exists (select 1 from follows w where w.follower_id = ${0} "
      "and w.target_id = p.author_id))",
      viewer);
}

// What an author a(id, reposts) gives to the home of account $1.
const std::string on_home_of_1 =
    "select q.id from posts q where q.author_id = a.id and q.deleted is null "
    "and (q.visibility < 3 or q.author_id = $1) and (q.repost_of is null or a.reposts) "
    "and (q.reply_to is null or q.author_id = $1 or q.reply_to_author in ($1, q.author_id) "
    "or exists (select 1 from follows f where f.follower_id = $1 and f.target_id = q.reply_to_author)) ";

std::string showing_of_p(Showing showing) { return showing == Showing::photos ? "p.photos > 0 and " : ""; }

}  // namespace

HomeIds home_past(Read& read, AccountId account, int limit_each) {
  HomeIds past;
  AccountId author;
  int count = 0;
  const std::string sql =
      "with authors(id, reposts) as (select f.target_id, f.reposts_shown from follows f "
      "where f.follower_id = $1 union all select $1, true) "
      "select p.id, a.id from authors a join posts p on p.author_id = a.id and p.id in (" +
      on_home_of_1 + "order by q.id desc limit $2) order by a.id, p.id desc";
  for (const Row& row : read.query(Sql::built(sql), account, limit_each)) {
    const auto id = row.get<PostId>(0);
    const bool same_author = row.get<AccountId>(1) == author;
    author = row.get<AccountId>(1);
    count = same_author ? count + 1 : 1;
    past.ids.push_back(id);
    // An author who gave all that was asked for may have more.
    if (count == limit_each) past.complete_from = std::max(past.complete_from, id);
  }
  std::erase_if(past.ids, [&](PostId id) { return id < past.complete_from; });
  std::ranges::sort(past.ids, std::greater{});
  return past;
}

Arrivals arrivals(Read& read, EventId after, int limit) {
  Arrivals found{.posts = {}, .until = outbox::newest(read), .more = false};
  for (const Row& row : read.query(
           "select o.id, p.id, p.author_id, p.reply_to_author, p.repost_of, p.visibility from outbox o "
           "join posts p on p.id = o.post_id where o.id > $1 and o.kind in (0, 4) order by o.id limit $2",
           after.value, limit)) {
    found.posts.push_back({.id = row.get<PostId>(1),
                           .author = row.get<AccountId>(2),
                           .reply_to_author = row.get<AccountId>(3),
                           .is_repost = !row.is_null(4),
                           .for_mentioned_alone = row.get<Visibility>(5) == Visibility::mentioned});
    found.more = std::cmp_equal(found.posts.size(), limit);
    if (found.more) found.until = row.get<EventId>(0);
  }
  return found;
}

std::vector<PostId> home(Read& read, AccountId account, const Page& page) {
  // Each author gives at most a page from the index (author_id, id), so that the work grows with the number
  // of authors and not with how much they have written.
  const std::string sql =
      "with authors(id, reposts) as ("
      "select f.target_id, f.reposts_shown from follows f where f.follower_id = $1 and not exists ("
      "select 1 from mutes m where m.account_id = $1 and m.target_id = f.target_id "
      "and (m.expires is null or m.expires > $2)) union all select $1, true) "
      "select p.id from authors a join accounts o on o.id = a.id and o.suspended is null and o.deleted is "
      "null "
      "join posts p on p.author_id = a.id and p.id in (" +
      on_home_of_1 + "and " + page_clause("q.id", page, 3) + ") where ";
  return page_of(read, sql, "p.id", page, id_of<PostId>, account, read.now());
}

std::vector<AccountId> home_readers(Read& read, const Post& post, const std::vector<AccountId>& readers) {
  std::vector<AccountId> found;
  if (post.visibility != Visibility::mentioned) {
    found = read.values<AccountId>(
        "select f.follower_id from follows f where f.target_id = $1 and f.follower_id in {ids:$2} "
        "and ($3 is null or f.reposts_shown) and ($4 is null or $4 in (f.follower_id, $1) "
        "or exists (select 1 from follows g where g.follower_id = f.follower_id and g.target_id = $4))",
        post.author, readers, post.repost_of, post.reply_to_author);
  }
  if (std::ranges::find(readers, post.author) != readers.end()) found.push_back(post.author);
  return found;
}

std::vector<PostId> everyone(Read& read, const Page& page, Showing showing) {
  const std::string sql =
      "select p.id from posts p join accounts a on a.id = p.author_id and a.suspended is null and "
      "a.deleted is null and a.limited is null where p.visibility = 0 and p.deleted is null and "
      "p.repost_of is null and " +
      showing_of_p(showing);
  return page_of(read, sql, "p.id", page, id_of<PostId>);
}

std::vector<PostId> tagged(Read& read, std::string_view tag, const Page& page, Showing showing) {
  const std::string sql =
      "select t.post_id from post_tags t join posts p on p.id = t.post_id "
      "join accounts a on a.id = p.author_id and a.suspended is null and a.deleted is null "
      "and a.limited is null where t.tag = $1 and p.visibility = 0 and p.deleted is null and " +
      showing_of_p(showing);
  return page_of(read, sql, "t.post_id", page, id_of<PostId>, tag);
}

std::vector<PostId> of_author(Read& read, AccountId viewer, AccountId author, Replies replies,
                              Reposts reposts, const Page& page) {
  const std::string sql =
      "select p.id from posts p where p.author_id = $1 "
      "and ($2 or p.reply_to is null or p.reply_to_author = $1) and ($3 or p.repost_of is null) and " +
      visible_to(4) + " and ";
  return page_of(read, sql, "p.id", page, id_of<PostId>, author, replies == Replies::shown,
                 reposts == Reposts::shown, viewer);
}

std::vector<PostId> photos_of_author(Read& read, AccountId viewer, AccountId author, const Page& page) {
  const std::string sql =
      "select p.id from posts p where p.author_id = $1 and p.photos > 0 and " + visible_to(2) + " and ";
  return page_of(read, sql, "p.id", page, id_of<PostId>, author, viewer);
}

std::vector<PostId> of_speakers(Read& read, const std::vector<AccountId>& speakers, const Page& page) {
  // As for a home: at most a page of each, from the index by author.
  const std::string sql =
      "with speakers(id) as (select a.id from accounts a where a.id in {ids:$1} and a.suspended is null "
      "and a.deleted is null) select p.id from speakers s join posts p on p.author_id = s.id and p.id in ("
      "select q.id from posts q where q.author_id = s.id and q.deleted is null and q.visibility < 2 "
      "and q.repost_of is null and " +
      page_clause("q.id", page, 2) + ") where ";
  return page_of(read, sql, "p.id", page, id_of<PostId>, speakers);
}

std::vector<PostId> exchange(Read& read, AccountId viewer, AccountId one, AccountId other, const Page& page) {
  // A page of each direction from its own part of the key, then the first of both.
  const auto direction = [&](std::string_view author, std::string_view addressee) {
    return fmt::format(
        "select * from (select e.post_id as id from exchanges e join posts p on p.id = e.post_id "
        "where e.author_id = {} and e.addressee_id = {} and {} and {})",
        author, addressee, visible_to(3), page_clause("e.post_id", page, 4));
  };
  const std::string sql =
      "select id from (" + direction("$1", "$2") + " union " + direction("$2", "$1") + ") where ";
  return page_of(read, sql, "id", page, id_of<PostId>, one, other, viewer);
}

std::vector<PostId> live(Read& read, AccountId viewer, AccountId account, const Page& page) {
  const std::string visible = visible_to(2);
  const std::string sql =
      "select id from (select * from (select p.id from posts p where p.author_id = $1 and " + visible +
      " and " + page_clause("p.id", page, 3) +
      ") union select * from (select e.post_id as id from exchanges e join posts p on p.id = e.post_id "
      "join accounts a on a.id = e.author_id and a.suspended is null and a.deleted is null "
      "where e.addressee_id = $1 and " +
      visible +
      " and exists (select 1 from exchanges m join posts q on q.id = m.post_id and q.visibility < 2 "
      "and q.deleted is null where m.author_id = $1 and m.addressee_id = e.author_id) "
      "and not exists (select 1 from blocks b where b.account_id = $1 and b.target_id = e.author_id) and " +
      page_clause("e.post_id", page, 3) + ")) where ";
  return page_of(read, sql, "id", page, id_of<PostId>, account, viewer);
}

}  // namespace hoopoe::store::timelines
