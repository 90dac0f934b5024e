#include "app/photos.h"

#include <boost/json.hpp>

#include "api/handlers.h"
#include "api/photo_entity.h"
#include "base/refusal.h"

// Uploads: "media" in the words of the Mastodon API (mastodon/documentation, content/en/methods/media).
namespace hoopoe::api {

namespace {

std::optional<Focus> focus_of(std::optional<std::string_view> text) {
  if (!text || text->empty()) return std::nullopt;
  const auto focus = parse_focus(*text);
  if (!focus) throw Refusal(RefusalKind::invalid, "Validation failed: Focus is two numbers from -1 to 1");
  return focus;
}

}  // namespace

ChosenPhoto chosen_photo(PhotoId id, const net::Parameters& parameters) {
  const auto description = parameters.get("description");
  return {.id = id,
          .description = description ? std::optional(std::string(*description)) : std::nullopt,
          .focus = focus_of(parameters.get("focus"))};
}

// Ready when it is answered, so that nobody has to ask again.
Answer create_media(Call& call) {
  std::vector<net::File> files = call.parameters.take_files("file");
  if (files.empty()) throw Refusal(RefusalKind::invalid, "Validation failed: File can't be blank");
  const ChosenPhoto words = chosen_photo({}, call.parameters);
  const Photo photo = co_await app::upload_photo(
      call.app, call.user(), std::move(files.front().bytes),
      {.description = words.description.value_or(""), .focus = words.focus.value_or(Focus{})});
  co_return answer(media_json(call.app, photo));
}

Answer media(Call& call) {
  co_return answer(
      media_json(call.app, app::unpublished_photo(call.app, call.viewer(), path_id<PhotoId>(call))));
}

Answer update_media(Call& call) {
  co_return answer(media_json(
      call.app, co_await app::describe_photo(call.app, call.user(),
                                             chosen_photo(path_id<PhotoId>(call), call.parameters))));
}

Answer delete_media(Call& call) {
  co_await app::delete_photo(call.app, call.user(), path_id<PhotoId>(call));
  co_return answer(json::object{});
}

}  // namespace hoopoe::api
