#include "api/photo_entity.h"

#include <fmt/format.h>

#include "api/json_text.h"
#include "app/photos.h"

namespace hoopoe::api {

namespace {

json::object size_json(int width, int height) {
  return {{"width", width},
          {"height", height},
          {"size", fmt::format("{}x{}", width, height)},
          {"aspect", static_cast<double>(width) / height}};
}

}  // namespace

json::object media_json(const app::App& app, const Photo& photo) {
  return {
      {"id", photo.id.str()},
      {"type", "image"},
      {"url", url_of(app, photo, app::PhotoSize::large)},
      {"preview_url", url_of(app, photo, app::PhotoSize::small)},
      {"remote_url", nullptr},
      {"preview_remote_url", nullptr},
      {"text_url", nullptr},
      {"meta",
       json::object{{"original", size_json(photo.width, photo.height)},
                    {"small", size_json(photo.small_width, photo.small_height)},
                    {"focus", json::object{{"x", photo.focus.x / 1000.0}, {"y", photo.focus.y / 1000.0}}}}},
      {"description", or_null(photo.description)},
      {"blurhash", photo.blurhash},
  };
}

json::array media_json(const app::App& app, const std::vector<Photo>& photos) {
  json::array array;
  for (const Photo& photo : photos) array.push_back(media_json(app, photo));
  return array;
}

}  // namespace hoopoe::api
