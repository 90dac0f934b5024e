#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "domain/home.h"
#include "domain/ids.h"
#include "domain/page.h"
#include "domain/post.h"
#include "store/database.h"

// Lists of post ids, newest first, read from the tables as they are. Each leaves out tombstones and posts of
// accounts that are not shown, and those whose visibility is not for the viewer: not even where a page ends
// may tell of them. Blocks and mutes are asked of each post afterwards.
namespace hoopoe::store::timelines {

// The newest of what may be on an account's home: of each author at most so many.
HomeIds home_past(Read& read, AccountId account, int limit_each);
// What came after an event to be put on homes, in the order of events; some may be there already.
struct Arrivals {
  std::vector<Arrival> posts;
  EventId until;  // where the next ones start
  bool more = false;
};
Arrivals arrivals(Read& read, EventId after, int limit);
// All posts by the account itself, and those by whom it follows: without their replies to people it does not
// follow, and their posts to the mentioned alone; nothing by those it has muted.
std::vector<PostId> home(Read& read, AccountId account, const Page& page);
// Posts to everyone, replies among them: the square is where conversations are overheard. No reposts.
std::vector<PostId> everyone(Read& read, const Page& page, Showing showing = Showing::anything);
// Posts to everyone that carry a folded tag.
std::vector<PostId> tagged(Read& read, std::string_view tag, const Page& page,
                           Showing showing = Showing::anything);

// Of the readers, those in whose home a fresh post belongs: by the same rules as home().
std::vector<AccountId> home_readers(Read& read, const Post& post, const std::vector<AccountId>& readers);

enum class Replies { shown, hidden };
enum class Reposts { shown, hidden };
// One author's posts.
std::vector<PostId> of_author(Read& read, AccountId viewer, AccountId author, Replies replies,
                              Reposts reposts, const Page& page);
// Those of them that show photos: its own, replies among them.
std::vector<PostId> photos_of_author(Read& read, AccountId viewer, AccountId author, const Page& page);
// Of several authors: posts for all to read, with their answers and no reposts.
std::vector<PostId> of_speakers(Read& read, const std::vector<AccountId>& speakers, const Page& page);
// What two people said to each other: posts of either that reply to the other or mention the other.
std::vector<PostId> exchange(Read& read, AccountId viewer, AccountId one, AccountId other, const Page& page);
// An account's posts, and what those said to it whom it has spoken to for all to read: both sides of its
// conversations, and not whoever shouts its name, nor whom it has blocked.
std::vector<PostId> live(Read& read, AccountId viewer, AccountId account, const Page& page);

}  // namespace hoopoe::store::timelines
