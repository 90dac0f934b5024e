#include "store/favourites.h"

#include <limits>

#include "base/id_source.h"
#include "store/page.h"
#include "store/posts.h"
#include "store/subjects.h"

namespace hoopoe::store::favourites {

bool insert(Write& write, AccountId account, PostId post) {
  if (write.execute(
          "insert into favourites (account_id, id, post_id) values ($1, $2, $3) on conflict do nothing",
          account, write.next_id<FavouriteId>(), post) == 0) {
    return false;
  }
  write.changes(subjects::viewer(account));
  posts::add_to_count(write, post, posts::Count::favourites, 1);
  return true;
}

bool erase(Write& write, AccountId account, PostId post) {
  if (write.execute("delete from favourites where account_id = $1 and post_id = $2", account, post) == 0)
    return false;
  write.changes(subjects::viewer(account));
  posts::add_to_count(write, post, posts::Count::favourites, -1);
  return true;
}

// Nobody is shown a tombstone, nor whether they favourited it: no subject changes.
bool erase_of_post(Write& write, PostId post, int limit) {
  return write.execute(
             "delete from favourites where (account_id, post_id) in ("
             "select account_id, post_id from favourites where post_id = $1 limit $2)",
             post, limit) == limit;
}

bool erase_of_account(Write& write, AccountId account, int limit) {
  const auto posts =
      write.values<PostId>("select post_id from favourites where account_id = $1 limit $2", account, limit);
  for (const PostId post : posts) erase(write, account, post);
  return posts.size() == static_cast<std::size_t>(limit);
}

std::vector<PostEntry> of_account(Read& read, AccountId account, const Page& page) {
  return page_of(read, "select id, post_id from favourites where account_id = $1 and ", "id", page,
                 to_post_entry, account);
}

Tally tally(Read& read, PostId post, Time from, std::optional<Time> until) {
  constexpr std::int64_t last = std::numeric_limits<std::int64_t>::max();
  const std::int64_t first = first_id_at(from).value_or(0);
  const std::int64_t end = until ? first_id_at(*until).value_or(last) : last;
  return {
      .favourites = read.value<std::int64_t>(
          "select count(*) from favourites where post_id = $1 and id >= $2 and id < $3", post, first, end),
      .reposts = read.value<std::int64_t>("select count(*) from posts where repost_of = $1 and id >= $2 "
                                          "and id < $3 and deleted is null and visibility < 2",
                                          post, first, end)};
}

std::vector<AccountEntry> of_post(Read& read, PostId post, const Page& page) {
  return page_of(read,
                 "select f.id, f.account_id from favourites f join accounts a on a.id = f.account_id "
                 "and a.suspended is null and a.deleted is null where f.post_id = $1 and ",
                 "f.id", page, to_account_entry, post);
}

std::vector<AccountEntry> reposters_of(Read& read, PostId post, const Page& page) {
  return page_of(read,
                 "select p.id, p.author_id from posts p join accounts a on a.id = p.author_id "
                 "and a.suspended is null and a.deleted is null "
                 "where p.repost_of = $1 and p.deleted is null and p.visibility < 2 and ",
                 "p.id", page, to_account_entry, post);
}

}  // namespace hoopoe::store::favourites
