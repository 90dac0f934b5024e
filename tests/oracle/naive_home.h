#pragma once

#include <algorithm>
#include <vector>

#include "domain/post.h"
#include "store/accounts.h"
#include "store/database.h"
#include "store/posts.h"

namespace hoopoe::tests {

// The rules of a home timeline, asked of every post there is: newest first.
inline std::vector<PostId> naive_home(store::Read& read, AccountId account) {
  const auto follow = [&](AccountId author) {
    return read.maybe<bool>("select reposts_shown from follows where follower_id = $1 and target_id = $2",
                            account, author);
  };
  std::vector<PostId> home;
  for (const PostId id : read.values<PostId>("select id from posts order by id desc")) {
    const Post post = *store::posts::find(read, id);
    if (post.deleted || !store::accounts::find(read, post.author)->is_shown()) continue;
    if (post.author == account) {
      home.push_back(id);
      continue;
    }
    const auto followed = follow(post.author);
    const bool muted = read.exists(
        "select 1 from mutes where account_id = $1 and target_id = $2 and coalesce(expires, $3 + 1) > $3",
        account, post.author, read.now());
    if (!followed || muted || post.visibility == Visibility::mentioned) continue;
    if (post.repost_of && !*followed) continue;
    const AccountId answered = post.reply_to_author;
    if (!answered || answered == account || answered == post.author || follow(answered)) home.push_back(id);
  }
  return home;
}

}  // namespace hoopoe::tests
