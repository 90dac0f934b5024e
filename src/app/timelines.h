#pragma once

#include <string_view>
#include <vector>

#include "app/app.h"
#include "app/post_view.h"
#include "domain/page.h"

// Lists of posts, newest first, as one viewer sees them. An account that is not shown has none: its lists are
// refused as not found. Home, the public timeline and tags leave out whom the viewer has muted; what one goes
// to look at, an account or an exchange, does not.
namespace hoopoe::app {

PostPage home(App& app, Viewer viewer, const Page& page);
PostPage public_timeline(App& app, Viewer viewer, const Page& page, Showing showing = Showing::anything);
// The tag as typed, with or without case, in any spelling that folds to the same.
PostPage tag_timeline(App& app, Viewer viewer, std::string_view tag, const Page& page,
                      Showing showing = Showing::anything);

struct AuthorOptions {
  bool with_replies = true;
  bool with_reposts = true;
};
PostPage author_timeline(App& app, Viewer viewer, AccountId author, AuthorOptions options, const Page& page);
// Those of its own posts that show photos.
PostPage photo_timeline(App& app, Viewer viewer, AccountId author, const Page& page);
// What two accounts said to each other.
PostPage exchange(App& app, Viewer viewer, AccountId one, AccountId other, const Page& page);
// An account's posts and both sides of its conversations.
PostPage live_timeline(App& app, Viewer viewer, AccountId account, const Page& page);

}  // namespace hoopoe::app
