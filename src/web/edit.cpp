#include "app/edit.h"

#include <ranges>

#include "web/compose_form.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/paths.h"
#include "web/post_values.h"
#include "web/times.h"
#include "web/words.h"

namespace hoopoe::web {

namespace {

net::Response show(Context& context, DraftForm form, int status = 200) {
  HtmlPage page{.status = status, .title = "Edit", .body = "compose.html"};
  page.values.set("TITLE", "Edit");
  page.values.section("NOTE").set("WORDS", "What it said before stays readable, under “edited”.");
  add_compose_form(page.values, context, std::move(form));
  return render(context, std::move(page));
}

void fill_version(Values& values, const app::History& history, const app::Version& version,
                  PhotoLoading loading) {
  const Revision& revision = version.revision;
  values.set("ISO", iso8601(revision.created)).set("WHEN", full_time(revision.created));
  if (revision.number == history.post.post->revision) values.section("NEWEST");
  if (!revision.warning.empty()) values.section("WARNING").set("WORDS", revision.warning);
  if (!revision.language.empty()) values.section("LANGUAGE").set("CODE", revision.language);
  values.set_html("TEXT_HTML", render_words(revision.text));
  add_photos(values, revision.photos,
             {.loading = loading,
              .cover = revision.sensitive ? PhotoCover::sensitive : PhotoCover::none,
              .language = revision.language});
  const bool is_liked = version.tally.favourites + version.tally.reposts > 0;
  values.section(is_liked ? "LIKED" : "NOT_LIKED")
      .set("FAVOURITES", version.tally.favourites)
      .set("REPOSTS", version.tally.reposts);
}

}  // namespace

net::Task<net::Response> show_edit(Context& context) {
  const auto own = own_post(context, captured_id<PostId>(context)).post;
  const Post& post = *own;
  co_return show(context, {.text = post.text,
                           .warning = post.warning,
                           // Of a warning it follows by itself.
                           .sensitive = post.sensitive && post.warning.empty(),
                           .visibility = post.visibility,
                           .language = post.language,
                           .edited = post.id.str(),
                           .photos = as_chosen(own->photos),
                           .is_own = true});
}

net::Task<net::Response> edit(Context& context) {
  const auto own = own_post(context, captured_id<PostId>(context)).post;
  const Post& post = *own;
  DraftForm form = sent_form(context);
  form.edited = post.id.str();
  if (const auto again = co_await upload_files(context, form))
    co_return show(context, std::move(form), *again);
  const app::Edit change{.text = form.text,
                         .warning = form.warning,
                         .sensitive = form.sensitive.value_or(false),
                         .language = form.language,
                         .visibility = form.visibility,
                         .photos = form.photos};
  int status = 200;
  try {
    co_await app::edit_post(context.app, context.me().actor, post.id, change);
  } catch (const Refusal& refusal) {
    if (refusal.kind != RefusalKind::invalid && refusal.kind != RefusalKind::too_many) throw;
    form.error = without_prefix(refusal.what());
    status = net::status_of(refusal.kind);
  }
  if (!form.error.empty()) co_return show(context, std::move(form), status);
  co_return see_other(path_of(context.me().account, post.id));
}

net::Task<net::Response> history(Context& context) {
  const app::History history = app::history(context.app, context.viewer(), captured_id<PostId>(context));
  const Account& author = *history.post.author;
  const std::string path = path_of(author, history.post.post->id) + "/history";
  if (context.request.path != path) co_return redirect(301, path);
  HtmlPage page{.title = "What a post by @" + author.handle + " said", .body = "history.html"};
  page.values.set("URL", path_of(author, history.post.post->id)).set("AUTHOR_URL", path_of(author));
  page.values.set("NAME", author.shown_name());
  for (const app::Version& version : history.versions | std::views::reverse) {
    fill_version(page.values.section("VERSION"), history, version, photo_loading(context.request));
  }
  co_return render(context, std::move(page));
}

}  // namespace hoopoe::web
