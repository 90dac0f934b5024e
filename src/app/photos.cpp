#include "app/photos.h"

#include <algorithm>
#include <system_error>

#include <fmt/format.h>

#include "app/bursts.h"
#include "app/refuse.h"
#include "app/standing.h"
#include "base/log.h"
#include "base/refusal.h"
#include "crypto/hash.h"
#include "crypto/password.h"
#include "media/blobs.h"
#include "media/picture.h"
#include "store/photos.h"

namespace hoopoe::app {

namespace {

constexpr std::size_t name_digits = 32;  // in hexadecimal digits: nobody guesses one of 2^128
// A disk that takes longer than this for two files is no longer waited for by anybody.
constexpr std::chrono::hours writing_max{1};
constexpr int files_per_slice = 50;
constexpr std::chrono::hours erasing_again{1};

std::string fresh_name() {
  return crypto::hex(crypto::sha256_bytes(crypto::random_token(name_digits / 2))).substr(0, name_digits);
}

std::string file_name(std::string_view name, PhotoSize size) {
  return std::string(name).append(size == PhotoSize::large ? ".jpg" : ".webp");
}

bool erase_files(media::Blobs& blobs, const std::string& name) {
  try {
    for (const PhotoSize size : {PhotoSize::large, PhotoSize::small}) blobs.erase(file_name(name, size));
    return true;
  } catch (const std::system_error& error) {
    log::error("app: a photo's file is still there: {}", error.what());
    return false;
  }
}

[[noreturn]] void refuse_picture(media::PictureError error) {
  switch (error) {
    case media::PictureError::unknown_format:
      refuse_as_invalid("File is no photo that we can read: JPEG, PNG, WebP or GIF, please");
    case media::PictureError::too_many_pixels:
      refuse_as_invalid("File has too many pixels");
    case media::PictureError::damaged:
      refuse_as_invalid("File is damaged, or ends too early");
  }
  refuse_as_invalid("File is no photo");
}

void require_description(std::string_view description) {
  require_text("Description", description, photo_description_characters_max);
}

// Who is not its uploader can't tell whether it is there.
Photo require_unpublished(store::Read& read, AccountId owner, PhotoId id) {
  auto photo = store::photos::find(read, id);
  if (!photo || photo->owner != owner || photo->post || photo->held_post) {
    throw Refusal(RefusalKind::not_found, "Record not found");
  }
  return *std::move(photo);
}

void apply(Photo& photo, const ChosenPhoto& choice) {
  photo.description = choice.description.value_or(photo.description);
  photo.focus = choice.focus.value_or(photo.focus);
}

Photo photo_of(const Actor& actor, const media::Picture& picture, PhotoWords words) {
  const std::string name = fresh_name();
  return {.id = {},
          .owner = actor.account,
          .created = {},
          .post = {},
          .held_post = {},
          .name = name,
          .file = name,
          .width = picture.large.width,
          .height = picture.large.height,
          .small_width = picture.small.width,
          .small_height = picture.small.height,
          .large_bytes = static_cast<std::int64_t>(picture.large.bytes.size()),
          .small_bytes = static_cast<std::int64_t>(picture.small.bytes.size()),
          .blurhash = picture.blurhash,
          .description = std::move(words.description),
          .focus = words.focus};
}

}  // namespace

net::Task<Photo> upload_photo(App& app, Actor actor, std::string bytes, PhotoWords words) {
  require_description(words.description);
  if (bytes.size() > photo_bytes_max) {
    refuse_as_invalid(fmt::format("File has more than {} MB", photo_bytes_max >> 20));
  }
  const auto ticket = app.bursts.begin_upload(actor.person);
  app.db.read([&](store::Read& read) { require_may_publish(read, actor); });
  if (!app.blobs.has_room()) {
    throw Refusal(RefusalKind::unavailable, "There is no room for more photos here at present.");
  }
  const auto picture = co_await app.drawing.run([&] { return media::make_picture(bytes); });
  std::string().swap(bytes);  // what comes now may have to wait for others
  if (!picture) refuse_picture(picture.error());
  const Photo photo = photo_of(actor, *picture, std::move(words));
  co_await app.db.write([&](store::Write& write) {
    store::photos::erase_files_from(write, photo.file, write.now() + writing_max);
  });
  co_await app.drawing.run([&] {
    app.blobs.write(file_name(photo.file, PhotoSize::large), picture->large.bytes);
    app.blobs.write(file_name(photo.file, PhotoSize::small), picture->small.bytes);
    return true;
  });
  const auto kept = co_await app.db.write([&](store::Write& write) {
    require_may_publish(write, actor);
    auto made = store::photos::insert(write, photo);
    // Its files may have been written after they were looked for.
    if (!made) store::photos::erase_files_from(write, photo.file, write.now());
    return made;
  });
  if (!kept) throw Refusal(RefusalKind::unavailable, "Saving the photo took too long. Please try again.");
  co_return *kept;
}

Photo unpublished_photo(App& app, Viewer viewer, PhotoId id) {
  return app.db.read([&](store::Read& read) { return require_unpublished(read, viewer, id); });
}

net::Task<Photo> describe_photo(App& app, Actor actor, ChosenPhoto change) {
  require_description(change.description.value_or(""));
  co_return co_await app.db.write([&](store::Write& write) {
    require_may_publish(write, actor);
    Photo photo = require_unpublished(write, actor.account, change.id);
    apply(photo, change);
    store::photos::describe(write, photo);
    return photo;
  });
}

net::Task<void> delete_photo(App& app, Actor actor, PhotoId id) {
  co_await app.db.write([&](store::Write& write) {
    require_may_publish(write, actor);
    store::photos::erase(write, require_unpublished(write, actor.account, id));
  });
}

std::vector<ChosenPhoto> with_words(store::Read& read, AccountId author, std::vector<ChosenPhoto> choice,
                                    const PostCard* post) {
  for (Photo& photo : store::photos::find_many(read, ids_of(choice))) {
    if (photo.owner != author) continue;
    if (post != nullptr) {
      const auto shown = std::ranges::find(post->photos, photo.id, &Photo::id);
      if (shown != post->photos.end()) photo = *shown;
    }
    ChosenPhoto& chosen = *std::ranges::find(choice, photo.id, &ChosenPhoto::id);
    apply(photo, chosen);
    chosen = {.id = photo.id, .description = photo.description, .focus = photo.focus};
  }
  return choice;
}

void check_choice(const std::vector<ChosenPhoto>& choice) {
  if (choice.size() > photos_per_post_max) {
    refuse_as_invalid(fmt::format("Cannot attach more than {} photos", photos_per_post_max));
  }
  for (const ChosenPhoto& chosen : choice) {
    require_description(chosen.description.value_or(""));
    if (std::ranges::count(choice, chosen.id, &ChosenPhoto::id) > 1) {
      refuse_as_invalid("A photo is attached twice");
    }
  }
}

std::vector<Photo> choose_photos(store::Read& read, AccountId author, const std::vector<ChosenPhoto>& choice,
                                 const PostCard* post, HeldPostId held_post) {
  if (choice.empty()) return {};
  std::vector<Photo> photos = store::photos::find_many(read, ids_of(choice));
  std::erase_if(photos, [&](const Photo& photo) {
    const bool is_free = !photo.post && (!photo.held_post || photo.held_post == held_post);
    return photo.owner != author || !(is_free || (post != nullptr && photo.post == post->id));
  });
  if (photos.size() != choice.size()) {
    refuse_as_invalid("A photo is no longer there, or another post shows it: please add it again");
  }
  for (std::size_t i = 0; i < photos.size(); ++i) apply(photos[i], choice[i]);
  return photos;
}

void withdraw_photos(store::Write& write, PostId post) {
  for (store::photos::Shown& shown : store::photos::of_posts(write, {post})) {
    shown.photo.name = fresh_name();
    store::photos::withdraw(write, shown.photo);
  }
}

std::optional<ServedPhoto> find_photo(App& app, std::string_view name, Viewer viewer, Role role) {
  return app.db.read([&](store::Read& read) -> std::optional<ServedPhoto> {
    auto found = store::photos::find_named(read, name);
    if (!found) return std::nullopt;
    const Photo& photo = found->photo;
    const bool is_their_own = photo.owner == viewer && !photo.post;
    const bool is_to_be_judged = role >= Role::moderator && (photo.post || photo.held_post);
    if (!found->is_shown && !is_their_own && !is_to_be_judged) return std::nullopt;
    return ServedPhoto{.photo = std::move(found->photo),
                       .readers = found->is_shown ? PhotoReaders::everyone : PhotoReaders::few};
  });
}

std::size_t bytes_of(const Photo& photo, PhotoSize size) {
  return static_cast<std::size_t>(size == PhotoSize::large ? photo.large_bytes : photo.small_bytes);
}

std::optional<std::string> read_photo(App& app, const Photo& photo, PhotoSize size, std::size_t offset,
                                      std::size_t bytes_max) {
  const std::size_t bytes = bytes_of(photo, size);
  const std::size_t left = bytes - std::min(offset, bytes);
  return app.blobs.read(file_name(photo.file, size), offset, std::min(bytes_max, left));
}

std::string path_of(const Photo& photo, PhotoSize size) { return "/photos/" + file_name(photo.name, size); }

std::string url_of(const App& app, const Photo& photo, PhotoSize size) {
  return app.public_url + path_of(photo, size);
}

bool erase_photo_files(App& app) {
  const Time now = app.clock.now();
  const std::vector<std::string> names = app.db.read(
      [&](store::Read& read) { return store::photos::files_to_erase(read, now, files_per_slice); });
  std::vector<std::string> erased;
  std::vector<std::string> stuck;
  for (const std::string& name : names) (erase_files(app.blobs, name) ? erased : stuck).push_back(name);
  if (!names.empty()) {
    app.db.write_blocking([&](store::Write& write) {
      store::photos::finish_files(write, erased, now);
      for (const std::string& name : stuck) {
        store::photos::erase_files_from(write, name, write.now() + erasing_again);
      }
    });
  }
  return names.size() == files_per_slice;
}

}  // namespace hoopoe::app
