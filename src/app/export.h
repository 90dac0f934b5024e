#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/actor.h"
#include "app/app.h"
#include "app/post_view.h"
#include "domain/account.h"
#include "domain/post.h"
#include "domain/posting_rule.h"
#include "domain/report.h"
#include "domain/strike.h"
#include "net/task.h"

// All that is an account's, for its owner to take away: its own words, and where the words of others are.
// It comes in parts, each in slices that are reads of their own: what is deleted in between is left out, and
// so are accounts that are not shown. Every read asks again who may; to all but the owner in a browser that
// is signed in it is Refusal{forbidden}.
namespace hoopoe::app {

enum class ExportPart {
  following,
  followers,
  requests_made,
  requests_received,
  blocks,
  mutes,
  conversation_mutes,
  bookmarks,
  favourites,
  reports,
  strikes,
  held,  // posts that wait for a moderator
  posts,
};
// All of them, in the order of a file.
inline constexpr std::array export_parts{ExportPart::following,
                                         ExportPart::followers,
                                         ExportPart::requests_made,
                                         ExportPart::requests_received,
                                         ExportPart::blocks,
                                         ExportPart::mutes,
                                         ExportPart::conversation_mutes,
                                         ExportPart::bookmarks,
                                         ExportPart::favourites,
                                         ExportPart::reports,
                                         ExportPart::strikes,
                                         ExportPart::held,
                                         ExportPart::posts};

struct ExportedProfile {
  Account account;
  std::string email;  // the owner's
};

// Of somebody on one of the account's lists.
struct ExportedAccount {
  Account account;
  Time since;
  std::optional<Mute> mute;  // among mutes
};

// Where a post is, whatever has become of it: what it says is another's.
struct PostPlace {
  PostId id;
  std::optional<Account> author;  // none: not shown, or told by the place alone
};
std::string url_of(const App& app, const PostPlace& place);

// A bookmark, a favourite, or the beginning of a conversation that is muted.
struct ExportedKept {
  PostPlace post;
  std::optional<Time> since;  // none: nobody knows
};

struct ExportedReport {
  Report report;
  std::optional<Account> target;  // none: not shown
};

struct ExportedOccasion {
  std::vector<Account> speakers;  // those who are shown
  std::optional<Time> ended;
};

struct ExportedPost {
  PostView view;                    // as its author sees it; of a repost, without what it repeats
  std::vector<Revision> revisions;  // oldest first; of a repost none
  std::optional<PostPlace> reply_to;
  std::optional<PostPlace> repost_of;
  std::optional<ExportedOccasion> occasion;  // that it is the summary of
};

using ExportEntry =
    std::variant<ExportedAccount, ExportedKept, ExportedReport, Strike, HeldPost, ExportedPost>;

struct ExportSlice {
  std::vector<ExportEntry> entries;  // newest first; perhaps none, though more follows
  std::int64_t next = 0;             // where the next slice starts; 0: that was all
};

// Whether to offer it at all.
bool may_export(App& app, const Actor& actor);
ExportedProfile export_profile(App& app, const Actor& actor);
// `before` is 0 for the first slice, then what the slice before gave as next.
net::Task<ExportSlice> export_slice(App& app, Actor actor, ExportPart part, std::int64_t before);

}  // namespace hoopoe::app
