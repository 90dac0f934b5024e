#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/actor.h"
#include "domain/account.h"
#include "domain/shared_post.h"
#include "domain/viewer_state.h"
#include "store/database.h"

namespace hoopoe::app {

// A post as one viewer sees it, with all that a face needs to show it. What is the same for all is shared.
struct PostView {
  std::shared_ptr<const SharedPost> shared;
  // Parts of what is shared, and keep it.
  std::shared_ptr<const PostCard> post;
  std::shared_ptr<const Account> author;
  PostCounts counts;
  bool favourited = false;                   // by the viewer
  bool reposted = false;                     // likewise
  bool bookmarked = false;                   // likewise
  bool pinned = false;                       // by the viewer, whose own it is
  bool muted = false;                        // the viewer has muted its conversation
  std::shared_ptr<const PostView> original;  // of a repost; shared by the reposts of one page

  // What there is to read: the post itself, or what it reposts.
  const PostView& shown() const { return original ? *original : *this; }
};

struct PostPage {
  std::vector<PostView> posts;
  // The ids that the page covers, whether the viewer sees those posts or not: where the next and the
  // previous page start. Empty when there was nothing.
  std::vector<PostId> covered;
};

// What comes by itself leaves out the muted, as authors and as those who repost; what one goes to look at
// shows them.
enum class Muted { left_out, shown };

// The posts in the order asked for, without those that the viewer may not read (domain/may_read.h), and
// reposts of such. A fixed number of queries. What is remembered is used, unless who may read what has
// changed since the snapshot: then, and from then on, the snapshot alone.
std::vector<PostView> view_posts(store::Read& read, Viewer viewer, const std::vector<PostId>& ids,
                                 Muted muted);
// Whether a post belongs on a list.
using IsListed = bool (*)(const SharedPost& post, Viewer viewer, const ViewerState& state);
// The first so many of the candidates that belong on the list, as the viewer sees them.
PostPage view_first(store::Read& read, Viewer viewer, const std::vector<PostId>& candidates,
                    std::size_t limit, IsListed is_listed, Muted muted);
// Of the viewers, those that are not to be shown what comes by itself: a block lies between them and one of
// its authors, or they have muted one.
std::vector<AccountId> not_wanted_by(store::Read& read, const PostView& view,
                                     const std::vector<AccountId>& viewers);
// Of a post that nobody has done anything with, or whose surroundings nobody asks for.
PostView fresh_view(PostCard card, Account author);
// The same as somebody sees it who has done nothing with it.
PostView without_flags(PostView view);
// None when the viewer may not read it.
std::optional<PostView> find_post(store::Read& read, Viewer viewer, PostId id);
// Refusal{not_found} when the viewer may not read it, as if it did not exist; of the tombstone of
// what everyone might have read Refusal{gone}.
PostView view_post(store::Read& read, Viewer viewer, PostId id);

}  // namespace hoopoe::app
