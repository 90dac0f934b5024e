#include "app/photos.h"

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

net::Response photo(const Context& context, app::PhotoSize size) {
  const std::string name(context.request.capture("name"));
  auto file = app::photo_file(context.app, name, size);
  if (!file) throw Refusal(RefusalKind::not_found, "Record not found");
  const std::string tag = "W/\"" + name + "\"";
  net::Response response = answer_with(std::move(file->bytes), file->content_type, photo_cache);
  response.headers.add("ETag", tag);
  response.headers.add("Access-Control-Allow-Origin", "*");
  if (!net::has_already(context.request, tag)) return response;
  response.status = 304;
  response.body.clear();
  return response;
}

}  // namespace

net::Task<net::Response> large_photo(Context& context) { co_return photo(context, app::PhotoSize::large); }
net::Task<net::Response> small_photo(Context& context) { co_return photo(context, app::PhotoSize::small); }

}  // namespace hoopoe::web
