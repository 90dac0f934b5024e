#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "domain/ids.h"

namespace hoopoe {

constexpr std::size_t photos_per_post_max = 4;                  // Mastodon's: apps offer no more
constexpr std::size_t photo_description_characters_max = 1500;  // likewise
constexpr std::chrono::hours unpublished_photo_kept{24};        // then its upload is to be done again

// Where what matters is, in thousandths of the way from the middle to the right and to the upper edge, -1000
// to 1000 (Mastodon API, media "focus"): what a small frame is cut around.
struct Focus {
  int x = 0;
  int y = 0;
  bool operator==(const Focus&) const = default;
};
// "0.25,-1" as apps send it; beyond the edges is brought inside. None for what is no two numbers.
std::optional<Focus> parse_focus(std::string_view text);

// An uploaded photo.
struct Photo {
  PhotoId id;
  AccountId owner;
  Time created;
  PostId post;           // none: no post shows it yet
  HeldPostId held_post;  // that waits with it for a moderator
  std::string name;      // in its address; nobody can guess it
  std::string file;      // of its files, without what tells their sizes
  int width = 0;         // of the large file, in pixels
  int height = 0;
  int small_width = 0;
  int small_height = 0;
  std::int64_t large_bytes = 0;  // of the files
  std::int64_t small_bytes = 0;
  std::string blurhash;
  std::string description;  // for those who do not see it; of a post, as the revision has it
  Focus focus;
};

// A photo that somebody wants a post to show, with other words than were given before, or with those.
struct ChosenPhoto {
  PhotoId id;
  std::optional<std::string> description;
  std::optional<Focus> focus;
};

// The photos, with the words that they have.
std::vector<ChosenPhoto> as_chosen(const std::vector<Photo>& photos);
std::vector<PhotoId> ids_of(const std::vector<ChosenPhoto>& chosen);

}  // namespace hoopoe
