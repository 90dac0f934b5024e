#include "store/bookmarks.h"

#include "store/page.h"
#include "store/subjects.h"

namespace hoopoe::store::bookmarks {

void insert(Write& write, AccountId account, PostId post) {
  write.changes(subjects::viewer(account));
  write.execute("insert into bookmarks (account_id, post_id, id) values ($1, $2, $3) on conflict do nothing",
                account, post, write.next_id<BookmarkId>());
}

void erase(Write& write, AccountId account, PostId post) {
  write.changes(subjects::viewer(account));
  write.execute("delete from bookmarks where account_id = $1 and post_id = $2", account, post);
}

bool erase_of_account(Write& write, AccountId account, int limit) {
  write.changes(subjects::viewer(account));
  return write.execute(
             "delete from bookmarks where account_id = $1 and post_id in "
             "(select post_id from bookmarks where account_id = $1 order by post_id limit $2)",
             account, limit) == limit;
}

std::vector<PostId> among(Read& read, AccountId account, const std::vector<PostId>& posts) {
  return read.values<PostId>("select post_id from bookmarks where account_id = $1 and post_id in {ids:$2}",
                             account, posts);
}

std::vector<PostEntry> list(Read& read, AccountId account, const Page& page) {
  return page_of(read, "select id, post_id from bookmarks where account_id = $1 and ", "id", page,
                 to_post_entry, account);
}

}  // namespace hoopoe::store::bookmarks
