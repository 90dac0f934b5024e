#include "app/report.h"

#include <array>
#include <utility>

#include "app/accounts.h"
#include "app/post_view.h"
#include "text/html.h"
#include "web/form_errors.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/paths.h"
#include "web/post_values.h"

namespace hoopoe::web {

namespace {

constexpr std::array categories{
    std::pair{ReportCategory::violation, "It breaks the rules of this square"},
    std::pair{ReportCategory::spam, "It is spam"},
    std::pair{ReportCategory::legal, "It is against the law"},
    std::pair{ReportCategory::other, "Something else"},
};

Account reported_account(const Context& context) {
  const auto id = AccountId::parse(context.value("account"));
  if (!id) throw Refusal(RefusalKind::not_found, "Record not found");
  return app::account_by_id(context.app, *id);
}

// The post that the form is about, when there is one and they can read it.
std::shared_ptr<const PostCard> reported_post(const Context& context, AccountId author) {
  const auto id = PostId::parse(context.value("post"));
  if (!id) return nullptr;
  const auto view =
      context.app.db.read([&](store::Read& read) { return app::find_post(read, context.viewer(), *id); });
  if (!view || view->post->author != author) return nullptr;
  return view->post;
}

net::Response show(Context& context, const Account& account, const Refusal* refusal) {
  HtmlPage page{
      .status = refusal ? net::status_of(refusal->kind) : 200, .title = "Report", .body = "report.html"};
  page.values.set("HANDLE", account.handle);
  Values& form = page.values.section("FORM").set("CSRF", form_token(context));
  form.set("ACCOUNT", account.id.str());
  form.set_html("COMMENT_HTML", text::escape(context.value("comment")));
  for (const auto& [category, words] : categories) {
    Values& choice = form.section("CATEGORY").set("VALUE", name_of(category)).set("WORDS", words);
    if (context.value("category") == name_of(category)) choice.section("CHOSEN");
  }
  if (const auto post = reported_post(context, account.id)) {
    Values& quoted = form.section("QUOTED").set("ID", post->id.str());
    quoted.set_html("TEXT_HTML", render_words(post->text));
    add_photos(quoted, post->photos,
               {.loading = photo_loading(context.request),
                .cover = post->sensitive ? PhotoCover::sensitive : PhotoCover::none});
  }
  if (refusal) add_errors(form, *refusal);
  return render(context, std::move(page));
}

}  // namespace

net::Task<net::Response> show_report(Context& context) {
  co_return show(context, reported_account(context), nullptr);
}

net::Task<net::Response> report(Context& context) {
  const Account account = reported_account(context);
  Report wish{.target = account.id,
              .category = parse_report_category(context.value("category")).value_or(ReportCategory::other),
              .comment = std::string(context.value("comment"))};
  std::erase(wish.comment, '\r');  // browsers send line breaks as CR LF
  if (const auto post = reported_post(context, account.id)) wish.posts.push_back(post->id);
  std::optional<Refusal> refused;
  try {
    co_await app::report(context.app, context.me().actor, std::move(wish));
  } catch (const Refusal& refusal) {
    if (refusal.kind != RefusalKind::invalid && refusal.kind != RefusalKind::too_many) throw;
    refused = refusal;
  }
  if (refused) co_return show(context, account, &*refused);
  HtmlPage page{.title = "Report", .body = "report.html"};
  page.values.set("HANDLE", account.handle);
  page.values.section("DONE").set("URL", path_of(account));
  co_return render(context, std::move(page));
}

}  // namespace hoopoe::web
