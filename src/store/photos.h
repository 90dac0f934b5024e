#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/photo.h"
#include "store/database.h"

// Uploaded photos, which of them a revision of a post shows, and whose files are to be erased: the tables
// photos, revision_photos and photo_files_to_erase.
namespace hoopoe::store::photos {

std::optional<Photo> find(Read& read, PhotoId id);
// In the order asked for, those that exist.
std::vector<Photo> find_many(Read& read, const std::vector<PhotoId>& ids);
struct Named {
  Photo photo;
  // Whether anyone who has its name may look at it: of a shown account, and of a post that is there, or of
  // none yet and none that waits.
  bool is_shown = false;
};
std::optional<Named> find_named(Read& read, std::string_view name);
// What a revision of a post shows, with the words it has there; in the order of posts, revisions, positions:
// of the newest revisions, and of all.
struct Shown {
  PostId post;
  int revision = 0;
  Photo photo;
};
std::vector<Shown> of_posts(Read& read, const std::vector<PostId>& posts);
std::vector<Shown> of_revisions(Read& read, const std::vector<PostId>& posts);

// Id and time are given. None where its files are not expected any more, and may be erased.
std::optional<Photo> insert(Write& write, Photo photo);
void describe(Write& write, const Photo& photo);
// A revision of a post that is there shows these.
void show(Write& write, PostId post, int revision, const std::vector<Photo>& photos);
// A post that waits for a moderator shows these; or it does not wait any more, and they are uploads as of
// now.
void hold(Write& write, HeldPostId held, const std::vector<PhotoId>& photos);
void let_go(Write& write, HeldPostId held);

// Its post does not show it any more: it is an upload as of now, under the name and with the words it has
// here.
void withdraw(Write& write, const Photo& photo);

// With their files, soon after.
void erase(Write& write, const Photo& photo);
void erase_of_post(Write& write, PostId post);
// Those that no post showed in time, at most so many; true when there may be more.
bool erase_unpublished_before(Write& write, Time when, int limit);

// Files of that name are to be erased from that time on, unless a photo gets it before: said also of those
// that are about to be written, so that none is left behind.
void erase_files_from(Write& write, std::string_view name, Time due);
// The names whose files are to be erased at that time, at most so many; and that they are, unless one was put
// off since.
std::vector<std::string> files_to_erase(Read& read, Time now, int limit);
void finish_files(Write& write, const std::vector<std::string>& names, Time now);

}  // namespace hoopoe::store::photos
