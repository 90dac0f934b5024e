#include "store/pins.h"

#include <algorithm>

#include "store/subjects.h"

namespace hoopoe::store::pins {

void insert(Write& write, AccountId account, PostId post) {
  write.changes(subjects::viewer(account));
  write.execute("insert into pins (account_id, post_id, id) values ($1, $2, $3) ", account, post,
                write.next_id<PinId>());
}

void erase(Write& write, AccountId account, PostId post) {
  write.changes(subjects::viewer(account));
  write.execute("delete from pins where account_id = $1 and post_id = $2", account, post);
}

std::vector<PostId> of_account(Read& read, AccountId account) {
  return read.values<PostId>("select post_id from pins where account_id = $1 order by id desc", account);
}

}  // namespace hoopoe::store::pins
