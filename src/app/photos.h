#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/actor.h"
#include "app/app.h"
#include "domain/photo.h"
#include "domain/post.h"
#include "net/task.h"
#include "store/database.h"

// Photos: uploaded first, then shown by a post, and gone with it or taken back for another one. A file is
// served to whoever knows its name, as long as what shows it is there.
namespace hoopoe::app {

// A photo of a good camera; Mastodon's is the same.
constexpr std::size_t photo_bytes_max = std::size_t{16} << 20;

struct PhotoWords {
  std::string description;
  Focus focus;
};

// Made ready on a thread of its own: upright, without what a camera adds, in the sizes that are served. On
// disk when it returns. Refusal{invalid} for what is no photo that can be read, or has too many pixels, and
// for words that are too long; net::TooMany after many at once; {unavailable} where the disk has no room.
net::Task<Photo> upload_photo(App& app, Actor actor, std::string bytes, PhotoWords words);

// The uploader's own, until a post shows it; else Refusal{not_found}.
Photo unpublished_photo(App& app, Viewer viewer, PhotoId id);
// What is not given stays.
net::Task<Photo> describe_photo(App& app, Actor actor, ChosenPhoto change);
net::Task<void> delete_photo(App& app, Actor actor, PhotoId id);

// Each with the words that it is to have, given now or before, of what `post` shows as it has them there.
// What is not the author's stays as it is: choose_photos() refuses it.
std::vector<ChosenPhoto> with_words(store::Read& read, AccountId author, std::vector<ChosenPhoto> choice,
                                    const PostCard* post = nullptr);
// Refusal{invalid} where they are too many, one comes twice, or a description is too long.
void check_choice(const std::vector<ChosenPhoto>& choice);
// The photos chosen for a post of the author's, with_words(): uploads that no post shows yet or that wait
// with `held_post`, and whatever `post` has shown before. Refusal{invalid} when one of them is not there.
std::vector<Photo> choose_photos(store::Read& read, AccountId author, const std::vector<ChosenPhoto>& choice,
                                 const PostCard* post = nullptr, HeldPostId held_post = {});

// From the post that shows them on, with the words they have there: uploads again, under other names. What
// had the old ones is found no more, also when another post shows it.
void withdraw_photos(store::Write& write, PostId post);

enum class PhotoSize { large, small };
// Who may look at it, if the viewer may: everyone, or only whom it belongs to while it waits with its post,
// and moderators where they judge it.
enum class PhotoReaders { everyone, few };
struct ServedPhoto {
  Photo photo;
  PhotoReaders readers = PhotoReaders::few;
};
std::optional<ServedPhoto> find_photo(App& app, std::string_view name, Viewer viewer, Role role);
std::size_t bytes_of(const Photo& photo, PhotoSize size);
// As media::Blobs::read().
std::optional<std::string> read_photo(App& app, const Photo& photo, PhotoSize size, std::size_t offset,
                                      std::size_t bytes_max);
// "/photos/NAME.jpg", "/photos/NAME.webp": where they are served, below each of our names.
std::string path_of(const Photo& photo, PhotoSize size);
std::string url_of(const App& app, const Photo& photo, PhotoSize size);

// One slice of the files whose photos are gone, and what was written to the end by nobody; true when there
// may be more. What can't be erased is tried again after an hour, and in the log.
bool erase_photo_files(App& app);

}  // namespace hoopoe::app
