#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/actor.h"
#include "domain/account.h"
#include "domain/post.h"
#include "store/database.h"

namespace hoopoe::app {

// A post as one viewer sees it, with all that a face needs to show it.
struct PostView {
  Post post;
  Account author;
  PostCounts counts;
  std::vector<Mention> mentions;
  bool favourited = false;  // by the viewer
  bool reposted = false;    // likewise
  struct Client {
    std::string name;
    std::string website;
  };
  std::optional<Client> client;              // the app it was written with; none: the web
  std::shared_ptr<const PostView> original;  // of a repost; shared by the reposts of one page

  // What there is to read: the post itself, or what it reposts.
  const PostView& shown() const { return original ? *original : *this; }
};

// The posts in the order asked for, without those that the viewer may not read: tombstones, posts of accounts
// that are not shown, posts to others, reposts of any of these. A fixed number of queries.
std::vector<PostView> view_posts(store::Read& read, Viewer viewer, const std::vector<PostId>& ids);
// The same as somebody sees it who has done nothing with it.
PostView without_flags(PostView view);
// Refusal{not_found} when the viewer may not read it, as if it did not exist; of a tombstone Refusal{gone}.
PostView view_post(store::Read& read, Viewer viewer, PostId id);

}  // namespace hoopoe::app
