#include "app/keep.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/post_values.h"

namespace hoopoe::web {

namespace {

struct Kept {
  std::string_view title;
  std::string_view path;
  std::string_view note;  // who sees the list
  std::string_view hint;  // how something comes into it
  app::KeptPage (*list)(app::App&, AccountId, const Page&);
};

net::Response show(Context& context, const Kept& kept) {
  const Page wanted = read_page(context);
  const app::KeptPage found = kept.list(context.app, context.viewer(), wanted);
  HtmlPage page{.title = std::string(kept.title), .body = "kept.html"};
  page.values.set("TITLE", kept.title).set("NOTE", kept.note).set("HINT", kept.hint);
  for (const app::PostView& view : found.posts) {
    fill_post(page.values.include("POST", post_template), view, frame_for(context));
  }
  if (found.posts.empty()) page.values.section("EMPTY");
  add_pager(page.values, wanted, covered_by(found.covered, wanted), kept.path);
  return render(context, std::move(page));
}

}  // namespace

net::Task<net::Response> bookmarks(Context& context) {
  co_return show(context, {.title = "Bookmarks",
                           .path = "/bookmarks",
                           .note = "Only you see what you keep here.",
                           .hint = "Under each post, behind the three dots, you find Bookmark.",
                           .list = app::bookmarks});
}

net::Task<net::Response> favourites(Context& context) {
  co_return show(context, {.title = "Favourites",
                           .path = "/favourites",
                           .note = "This list is yours alone, newest favourite first.",
                           .hint = "What you give a star is found again here.",
                           .list = app::favourites});
}

}  // namespace hoopoe::web
