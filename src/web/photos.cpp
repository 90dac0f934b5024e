#include "app/photos.h"

#include <memory>

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

net::Task<std::optional<std::string>> next_part(std::shared_ptr<media::BlobReader> file) {
  if (file->bytes_left() == 0) co_return std::nullopt;
  co_return file->read(part_bytes);
}

[[noreturn]] void refuse() { throw Refusal(RefusalKind::not_found, "Record not found"); }

net::Response photo(const Context& context, app::PhotoSize size) {
  const std::string name(context.request.capture("name"));
  const auto readers = app::photo_readers(context.app, name, context.viewer(), context.role());
  if (!readers) refuse();
  const std::string tag = "W/\"" + name + "\"";
  net::Response response =
      answer_with("", size == app::PhotoSize::large ? "image/jpeg" : "image/webp",
                  *readers == app::PhotoReaders::everyone ? photo_cache : photo_cache_of_few);
  response.headers.add("ETag", tag);
  response.headers.add("Access-Control-Allow-Origin", "*");
  if (net::has_already(context.request, tag)) {
    response.status = 304;
    return response;
  }
  auto file = app::open_photo(context.app, name, size);
  if (!file) refuse();
  if (file->bytes_left() <= part_bytes) {
    response.body = file->read(part_bytes);
  } else {
    const auto shared = std::make_shared<media::BlobReader>(*std::move(file));
    response.source = [shared] { return next_part(shared); };
  }
  return response;
}

}  // namespace

net::Task<net::Response> large_photo(Context& context) { co_return photo(context, app::PhotoSize::large); }
net::Task<net::Response> small_photo(Context& context) { co_return photo(context, app::PhotoSize::small); }

}  // namespace hoopoe::web
