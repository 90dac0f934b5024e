#include "web/card.h"

#include <vector>

#include "text/entities.h"
#include "text/html.h"
#include "web/assets.h"
#include "web/photo_values.h"
#include "web/post_values.h"
#include "web/times.h"

namespace hoopoe::web {

namespace {

void fill(Values& values, const app::App& app, const app::PostView& shown,
          const std::vector<text::Entity>& entities) {
  const PostCard& post = *shown.post;
  values.set("URL", url_of(app, *shown.author, post.id)).set("AUTHOR_URL", url_of(app, *shown.author));
  values.set("NAME", shown.author->shown_name()).set("HANDLE", shown.author->handle);
  values.set("ISO", iso8601(post.created)).set("WHEN", full_time(post.created));
  if (!post.warning.empty()) values.section("WARNED").set("WARNING", post.warning);
  values.set("LANGUAGE", post.language);
  if (shown.author->bot) values.section("BOT");
  if (post.edited) {
    values.section("EDITED").set("ISO", iso8601(*post.edited)).set("WHEN", full_time(*post.edited));
  }
  fill_context(values, shown, app.public_url);
  // Names and tags lead nowhere: they may be other people's in other years.
  values.set_html("TEXT_HTML", text::render_post(post.text, entities, {.isolate = true}));
}

PhotoCover cover_of(const PostCard& post) {
  return post.sensitive ? PhotoCover::sensitive : PhotoCover::none;
}

std::string write(const app::App& app, const app::PostView& shown, CardScript script,
                  const std::vector<text::Entity>& entities, const std::vector<Photo>& photos) {
  Values values;
  fill(values, app, shown, entities);
  add_plain_photos(values, photos, app.public_url, cover_of(*shown.post));
  if (script == CardScript::live) values.section("LIVE").set("SITE_URL", app.public_url);
  return templates().render(card_template, values);
}

}  // namespace

void fill_card(Values& values, const app::App& app, const app::PostView& shown) {
  fill(values, app, shown, text::find_entities(shown.post->text));
  add_plain_photos(values, shown.post->photos, app.public_url, cover_of(*shown.post));
}

void fill_whole_card(Values& values, app::App& app, const app::PostView& shown) {
  fill(values, app, shown, text::find_entities(shown.post->text));
  add_carried_photos(values, shown.post->photos, app, cover_of(*shown.post));
}

std::string write_card(const app::App& app, const app::PostView& shown, CardScript script) {
  std::vector<Photo> photos = shown.post->photos;
  std::string card = write(app, shown, script, text::find_entities(shown.post->text), photos);
  if (card.size() > card_bytes_max) card = write(app, shown, script, {}, photos);
  for (Photo& photo : photos) photo.description.clear();
  if (card.size() > card_bytes_max) card = write(app, shown, script, {}, photos);
  return card;
}

}  // namespace hoopoe::web
