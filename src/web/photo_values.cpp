#include "web/photo_values.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/photos.h"
#include "crypto/hash.h"
#include "media/blurhash.h"
#include "text/utf8.h"

namespace hoopoe::web {

namespace {

constexpr std::string_view undescribed = "A photo without a description";

// As long as two posts.
constexpr std::size_t beginning_characters = 280;

std::string words_of(const Photo& photo, Descriptions descriptions) {
  if (photo.description.empty()) return std::string(undescribed);
  return descriptions == Descriptions::whole ? photo.description
                                             : text::beginning_of(photo.description, beginning_characters);
}

void fill(Values& values, const Photo& photo, std::string_view root, Descriptions descriptions) {
  values.set("LARGE", std::string(root) + app::path_of(photo, app::PhotoSize::large));
  values.set("SMALL", std::string(root) + app::path_of(photo, app::PhotoSize::small));
  values.set("WIDTH", photo.small_width)
      .set("HEIGHT", photo.small_height)
      .set("WORDS", words_of(photo, descriptions));
}

std::string kilobytes(std::int64_t bytes) { return fmt::format("{} KB", (bytes + 1023) / 1024); }

}  // namespace

PhotoLoading photo_loading(const net::Request& request) {
  return request.saves_data() ? PhotoLoading::on_request : PhotoLoading::with_page;
}

void add_photos(Values& values, const std::vector<Photo>& photos, const PhotoFrame& frame) {
  if (photos.empty()) return;
  Values& list = values.include("PHOTOS", "photos.html");
  list.set("COUNT", static_cast<std::int64_t>(photos.size()));
  const bool is_sensitive = frame.cover != PhotoCover::none;
  for (const Photo& photo : photos) {
    Values& values_of_photo = list.section("PHOTO");
    fill(values_of_photo, photo, "", frame.descriptions);
    const bool is_theirs = !frame.language.empty() && !photo.description.empty();
    if (is_theirs) values_of_photo.section("SPOKEN").set("LANGUAGE", frame.language);
    if (frame.loading == PhotoLoading::on_request) {
      values_of_photo.section("ON_REQUEST")
          .set("KIND", is_sensitive ? "Sensitive photo" : "Photo")
          .set("BYTES", kilobytes(photo.small_bytes));
      continue;
    }
    Values& shown = values_of_photo.section("SHOWN");
    shown.set("COLOUR", media::average_colour(photo.blurhash).value_or("none"));
    if (!is_sensitive) continue;
    Values& cover = shown.section("COVER");
    cover.section(frame.cover == PhotoCover::judged ? "JUDGED" : "SENSITIVE");
  }
}

void add_plain_photos(Values& values, const std::vector<Photo>& photos, std::string_view root,
                      PhotoCover cover) {
  for (const Photo& photo : photos) {
    Values& listed = values.section("PHOTO");
    fill(listed, photo, root, Descriptions::whole);
    listed.section(cover == PhotoCover::none ? "SHOWN" : "SENSITIVE");
  }
}

void add_carried_photos(Values& values, const std::vector<Photo>& photos, app::App& app, PhotoCover cover) {
  for (const Photo& photo : photos) {
    const auto file =
        app::read_photo(app, photo, app::PhotoSize::small, 0, app::bytes_of(photo, app::PhotoSize::small));
    if (!file) {
      add_plain_photos(values, {photo}, app.public_url, cover);
      continue;
    }
    Values& listed = values.section("PHOTO");
    fill(listed, photo, app.public_url, Descriptions::whole);
    if (cover == PhotoCover::sensitive) listed.section("SENSITIVE");
    listed.section(cover == PhotoCover::sensitive ? "COVERED" : "CARRIED").set("FILE", crypto::base64(*file));
  }
}

boost::json::array photos_json(const app::App& app, const std::vector<Photo>& photos) {
  boost::json::array shown;
  for (const Photo& photo : photos) {
    shown.push_back(boost::json::object{{"url", url_of(app, photo, app::PhotoSize::large)},
                                        {"description", photo.description}});
  }
  return shown;
}

std::string describe_photos(const PostCard& post) {
  if (post.photos.empty()) return "";
  if (post.photos.size() > 1) return fmt::format("{} photos", post.photos.size());
  const std::string& words = post.photos.front().description;
  return words.empty() ? "Photo" : "Photo: " + words;
}

}  // namespace hoopoe::web
