#include "app/timelines.h"

#include <algorithm>

#include "web/compose_form.h"
#include "web/live_list.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/paths.h"
#include "web/post_values.h"
#include "web/words.h"

namespace hoopoe::web {

net::Task<net::Response> square(Context& context) {
  const Page wanted = read_page(context);
  HtmlPage page{.body = "square.html", .section = "SQUARE", .preview = {.path = "/"}, .feed = "/feed"};
  page.values.set("SITE", context.app.settings.instance_title);
  if (context.signed_in) {
    add_compose_form(page.values.section("COMPOSE"), context, {});
  } else if (!is_first(wanted)) {
    page.values.section("LATER_PAGE");
  } else {
    Values& welcome = page.values.section("WELCOME");
    welcome.set("WORDS", context.app.settings.instance_description);
    welcome.section(context.app.sign_up_mode == SignUpMode::closed ? "CLOSED" : "OPEN");
  }
  if (is_first(wanted)) make_live(page, context, {.kind = app::Channel::Kind::everyone});
  add_posts(page.values, context, app::public_timeline(context.app, context.viewer(), wanted), wanted, "/");
  co_return render(context, std::move(page));
}

net::Task<net::Response> home(Context& context) {
  const Page wanted = read_page(context);
  HtmlPage page{.title = "Home", .body = "home.html", .section = "HOME"};
  page.values.set("PROFILE", path_of(context.me().account));
  add_compose_form(page.values, context, {});
  add_posts(page.values, context, app::home(context.app, context.viewer(), wanted), wanted, "/home");
  co_return render(context, std::move(page));
}

net::Task<net::Response> tag(Context& context) {
  const std::string name = captured_tag(context);
  const Page wanted = read_page(context);
  HtmlPage page{
      .title = "#" + name, .body = "tag.html", .preview = {.path = tag_path(name)}, .feed = tag_path(name)};
  page.values.set("TAG", name).set("URL", tag_path(name));
  if (is_first(wanted)) make_live(page, context, tag_channel(name));
  const auto posts = app::tag_timeline(context.app, context.viewer(), name, wanted);
  add_posts(page.values, context, posts, wanted, tag_path(name));
  co_return render(context, std::move(page));
}

// What two people said to each other is read like a book, from the oldest on.
net::Task<net::Response> exchange(Context& context) {
  const Account one = captured_account(context);
  const Account other = captured_account(context, "other");
  if (one.id == other.id) co_return redirect(302, path_of(one));
  Page wanted = read_page(context, page_limit_max);
  if (wanted.min_id == 0) wanted.min_id = 1;  // older than every post: those just after are the first ones
  app::PostPage posts = app::exchange(context.app, context.viewer(), one.id, other.id, wanted);
  std::ranges::reverse(posts.posts);

  const std::string path = exchange_path(one, other);
  HtmlPage page{.title = title_of_exchange(one, other),
                .body = "exchange.html",
                .preview = {.path = path},
                .feed = path};
  page.values.set("ONE", one.shown_name()).set("ONE_URL", path_of(one));
  page.values.set("OTHER", other.shown_name()).set("OTHER_URL", path_of(other));
  for (const app::PostView& view : posts.posts) {
    fill_post(page.values.include("POST", post_template), view, frame_for(context));
  }
  if (posts.posts.empty()) page.values.section("EMPTY");
  if (posts.covered.size() == static_cast<std::size_t>(wanted.limit)) {
    page.values.section("LATER").set("URL", with_query(path, {{"min_id", posts.covered.front().str()}}));
  }
  co_return render(context, std::move(page));
}

}  // namespace hoopoe::web
