#include "web/preview.h"

#include <cstring>

#include <fmt/format.h>

#include "app/photos.h"
#include "crypto/hash.h"
#include "domain/handle.h"
#include "text/bidi.h"
#include "text/entities.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/paths.h"
#include "web/post_values.h"
#include "web/share_image.h"
#include "web/times.h"
#include "web/words.h"

// What a link to a post looks like elsewhere.
namespace hoopoe::web {

namespace {

ShareImage image_of(const Context& context, const app::PostView& shown) {
  const PostCard& post = *shown.post;
  const std::string words = headline_of(post);
  return {.tile = tile_of(*shown.author),
          .initial = initial_of(*shown.author),
          .name = shown.author->shown_name(),
          .handle = shown.author->handle + (shown.author->bot ? " · automated" : ""),
          .words = text::isolate_names_and_links(words, text::find_entities(words)),
          .language = post.language,
          .below = full_time(post.created) + " · " + context.app.host};
}

net::Version version_of(const ShareImage& image) {
  const crypto::Digest hash = crypto::sha256(
      fmt::format("{}\n{}\n{}\n{}\n{}", image.name, image.handle, image.language, image.below, image.words));
  net::Version version = 0;
  std::memcpy(&version, hash.data(), sizeof version);
  return version;
}

std::string image_path(const app::PostView& shown) {
  return fmt::format("{}/image.png?v={}", path_of(*shown.author, shown.post->id), shown.post->revision);
}

}  // namespace

app::PostView public_post(app::App& app, app::Viewer viewer, PostId id) {
  const app::PostView view = app.db.read([&](store::Read& read) { return app::view_post(read, viewer, id); });
  const app::PostView& shown = view.shown();
  if (!is_for_all(shown.post->visibility)) throw Refusal(RefusalKind::not_found, "Record not found");
  return shown;
}

app::PostView captured_public_post(const Context& context) {
  app::PostView shown = public_post(context.app, context.viewer(), captured_id<PostId>(context));
  if (handle_key(context.request.capture("handle")) != handle_key(path_of(*shown.author).substr(2))) {
    throw Refusal(RefusalKind::not_found, "Record not found");
  }
  return shown;
}

std::vector<Preview::Image> preview_images(const app::PostView& shown) {
  if (shown.post->photos.empty() || shown.post->sensitive) {
    return {{.path = image_path(shown),
             .width = share_image_width,
             .height = share_image_height,
             .description = {}}};
  }
  std::vector<Preview::Image> images;
  for (const Photo& photo : shown.post->photos) {
    images.push_back({.path = app::path_of(photo, app::PhotoSize::large),
                      .width = photo.width,
                      .height = photo.height,
                      .description = photo.description});
  }
  return images;
}

// Drawn once for all who ask by its one address.
net::Task<net::Response> post_image(Context& context) {
  const app::PostView shown = captured_public_post(context);
  if (context.request.target != image_path(shown)) co_return redirect(302, image_path(shown));
  const ShareImage image = image_of(context, shown);
  const net::Version version = version_of(image);
  // Whoever asks, and by whatever name: the picture is everyone's.
  net::Request asked{.method = net::Method::get, .target = context.request.target};
  if (const auto tag = context.request.headers.find("If-None-Match"))
    asked.headers.add("If-None-Match", *tag);
  if (auto kept = context.pictures->find(asked, version)) co_return *std::move(kept);
  co_return co_await context.app.drawing.run([&] {
    // A crowd may have waited for the same.
    if (auto kept = context.pictures->find(asked, version)) return *std::move(kept);
    return context.pictures->keep(asked, version,
                                  answer_with(draw_share_image(image), "image/png", public_cache));
  });
}

}  // namespace hoopoe::web
