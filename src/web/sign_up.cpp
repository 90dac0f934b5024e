#include "app/sign_up.h"

#include "app/bursts.h"
#include "app/sign_in.h"
#include "text/html.h"
#include "web/form_errors.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/paths.h"

namespace hoopoe::web {

namespace {

net::Response show(Context& context, const Refusal* refusal) {
  HtmlPage page{
      .status = refusal ? net::status_of(refusal->kind) : 200, .title = "Sign up", .body = "sign_up.html"};
  const SignUpMode mode = context.app.sign_up_mode;
  if (mode == SignUpMode::closed) {
    page.values.section("CLOSED");
    return render(context, std::move(page));
  }
  Values& form = page.values.section("FORM");
  form.set("CSRF", form_token(context));
  form.set("RETURN_TO", local_path(context.value("return_to"), ""));
  form.set("HANDLE", context.value("handle")).set("EMAIL", context.value("email"));
  if (mode == SignUpMode::approval)
    form.section("REASON").set_html("TEXT_HTML", text::escape(context.value("reason")));
  if (mode == SignUpMode::invite) form.section("INVITE").set("TEXT", context.value("invite"));
  if (refusal) add_errors(form, *refusal);
  return render(context, std::move(page));
}

net::Response show_waiting(Context& context) {
  HtmlPage page{.title = "Thank you", .body = "sign_up.html"};
  page.values.section("WAITING");
  return render(context, std::move(page));
}

}  // namespace

net::Task<net::Response> show_sign_up(Context& context) {
  if (context.signed_in) co_return see_other("/home");
  co_return show(context, nullptr);
}

net::Task<net::Response> sign_up(Context& context) {
  const app::SignUp wish{.handle = std::string(context.value("handle")),
                         .email = std::string(context.value("email")),
                         .password = std::string(context.value("password")),
                         .reason = std::string(context.value("reason")),
                         .invite = std::string(context.value("invite"))};
  std::optional<app::NewAccount> made;
  std::string secret;
  std::optional<Refusal> refused;
  try {
    app::check_sign_up(wish);  // what is mistyped costs nothing and is not counted
    context.app.bursts.count_sign_up(context.request.remote);
    made = co_await app::sign_up(context.app, wish, [&](store::Write& write, const app::NewAccount& account) {
      if (account.approved)
        secret = app::start_session(write, account.person, account.account, context.browser());
    });
  } catch (const Refusal& refusal) {
    if (refusal.kind != RefusalKind::invalid && refusal.kind != RefusalKind::too_many) throw;
    refused = refusal;
  }
  if (refused) co_return show(context, &*refused);
  if (!made->approved) co_return show_waiting(context);
  net::Response response = see_other(local_path(context.value("return_to"), "/home"));
  set_session_cookie(context, response, secret);
  co_return response;
}

}  // namespace hoopoe::web
