#include "store/takedowns.h"

namespace hoopoe::store::takedowns {

std::optional<Takedown> find(Read& read, PostId post) {
  return read.one(
      "select post_id, author_id, reason, created from takedowns where post_id = $1",
      [](const Row& row) {
        return Takedown{.post = row.get<PostId>(0),
                        .author = row.get<AccountId>(1),
                        .reason = row.get<std::string>(2),
                        .created = row.get<Time>(3)};
      },
      post);
}

std::vector<PostId> before(Read& read, Time when, int limit) {
  return read.values<PostId>("select post_id from takedowns where created < $1 order by created limit $2",
                             when, limit);
}

std::vector<PostId> of_author(Read& read, AccountId author, int limit) {
  return read.values<PostId>("select post_id from takedowns where author_id = $1 limit $2", author, limit);
}

void insert(Write& write, PostId post, AccountId author, std::string_view reason) {
  write.execute("insert into takedowns (post_id, author_id, reason, created) values ($1, $2, $3, $4)", post,
                author, reason, write.now());
}

void erase(Write& write, PostId post) { write.execute("delete from takedowns where post_id = $1", post); }

}  // namespace hoopoe::store::takedowns
