#include "web/preview.h"

#include <cstring>

#include <fmt/format.h>

#include "crypto/hash.h"
#include "domain/handle.h"
#include "text/entities.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/paths.h"
#include "web/post_values.h"
#include "web/share_image.h"
#include "web/times.h"

// What a link to a post looks like elsewhere.
namespace hoopoe::web {

namespace {

std::string isolate_names(const std::string& text) {
  std::string out;
  std::size_t at = 0;
  for (const text::Entity& entity : text::find_entities(text)) {
    if (entity.kind != text::EntityKind::mention && entity.kind != text::EntityKind::link) continue;
    const auto [begin, end] = entity.bytes;
    out.append(text, at, begin - at).append(isolate_left_to_right);
    out.append(text, begin, end - begin).append(end_of_isolate);
    at = end;
  }
  return out.append(text, at);
}

ShareImage image_of(const Context& context, const app::PostView& shown) {
  const PostCard& post = *shown.post;
  return {.tile = shown.author->id.value,
          .initial = initial_of(*shown.author),
          .name = shown.author->shown_name(),
          .handle = shown.author->handle,
          .words = post.warning.empty() ? isolate_names(post.text) : post.warning,
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

}  // namespace

app::PostView public_post(const Context& context, PostId id) {
  const app::PostView view =
      context.app.db.read([&](store::Read& read) { return app::view_post(read, context.viewer(), id); });
  const app::PostView& shown = view.shown();
  if (!is_for_all(shown.post->visibility)) throw Refusal(RefusalKind::not_found, "Record not found");
  return shown;
}

app::PostView captured_public_post(const Context& context) {
  app::PostView shown = public_post(context, captured_id<PostId>(context));
  if (handle_key(context.request.capture("handle")) != handle_key(path_of(*shown.author).substr(2))) {
    throw Refusal(RefusalKind::not_found, "Record not found");
  }
  return shown;
}

std::string image_path(const app::PostView& shown) {
  return fmt::format("{}/image.png?v={}", path_of(*shown.author, shown.post->id), shown.post->revision);
}

// Drawn once for all who ask by its one address.
net::Task<net::Response> post_image(Context& context) {
  const app::PostView shown = captured_public_post(context);
  if (context.request.target != image_path(shown)) co_return redirect(302, image_path(shown));
  const ShareImage image = image_of(context, shown);
  const net::Version version = version_of(image);
  const bool for_anyone = net::AnswerCache::may_serve(context.request);
  if (for_anyone) {
    if (auto kept = context.pictures->find(context.request, version)) co_return *std::move(kept);
  }
  net::Response response{.body = co_await context.app.drawing.run([&] { return draw_share_image(image); })};
  response.headers.add("Content-Type", "image/png");
  response.headers.add("Cache-Control", cache_control(context, response.status));
  add_security_headers(response, {});
  if (for_anyone) response = context.pictures->keep(context.request, version, std::move(response));
  co_return response;
}

}  // namespace hoopoe::web
