#include "app/photos.h"

#include <memory>
#include <stdexcept>
#include <utility>

#include "base/refusal.h"
#include "net/answer_cache.h"
#include "web/page.h"
#include "web/pages.h"

// The files of photos.
namespace hoopoe::web {

namespace {

// A file never changes, and what was taken back is gone: from a cache on the way within seconds, from that of
// who has seen it after a day.
constexpr std::string_view photo_cache = "public, max-age=86400, s-maxage=5";
constexpr std::string_view photo_cache_of_few = "private, no-store";

// Held at once of a file that a slow reader takes minutes for; most small ones are less than that.
constexpr std::size_t part_bytes = std::size_t{64} * 1024;

// A file on its way to one reader: open while a part is read, so that slow ones hold no descriptors.
struct Download {
  app::App& app;
  Photo photo;
  app::PhotoSize size;
  std::string next;  // read already
  std::size_t offset = 0;
};

net::Task<std::optional<std::string>> next_part(std::shared_ptr<Download> file) {
  if (file->offset == app::bytes_of(file->photo, file->size)) co_return std::nullopt;
  std::string part = std::exchange(file->next, {});
  if (part.empty()) {
    part = app::read_photo(file->app, file->photo, file->size, file->offset, part_bytes).value_or("");
  }
  if (part.empty()) throw std::runtime_error("a photo was erased while it was sent");
  file->offset += part.size();
  co_return part;
}

[[noreturn]] void refuse() { throw Refusal(RefusalKind::not_found, "Record not found"); }

net::Response photo(const Context& context, app::PhotoSize size) {
  const std::string name(context.request.capture("name"));
  auto found = app::find_photo(context.app, name, context.viewer(), context.role());
  if (!found) refuse();
  const std::string tag = "W/\"" + name + "\"";
  net::Response response =
      answer_with("", size == app::PhotoSize::large ? "image/jpeg" : "image/webp",
                  found->readers == app::PhotoReaders::everyone ? photo_cache : photo_cache_of_few);
  response.headers.add("ETag", tag);
  response.headers.add("Access-Control-Allow-Origin", "*");
  if (net::has_already(context.request, tag)) {
    response.status = 304;
    return response;
  }
  const std::size_t bytes = app::bytes_of(found->photo, size);
  auto beginning = app::read_photo(context.app, found->photo, size, 0, part_bytes);
  if (!beginning) refuse();
  if (bytes <= part_bytes) {
    response.body = *std::move(beginning);
  } else {
    const std::shared_ptr<Download> file(new Download{
        .app = context.app, .photo = std::move(found->photo), .size = size, .next = *std::move(beginning)});
    response.source = [file] { return next_part(file); };
    response.source_bytes = bytes;
  }
  return response;
}

}  // namespace

net::Task<net::Response> large_photo(Context& context) { co_return photo(context, app::PhotoSize::large); }
net::Task<net::Response> small_photo(Context& context) { co_return photo(context, app::PhotoSize::small); }

}  // namespace hoopoe::web
