#include "app/sign_in.h"

#include "web/form_errors.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/paths.h"

namespace hoopoe::web {

namespace {

net::Response show(Context& context, const Refusal* refusal) {
  const bool is_throttled = refusal != nullptr && refusal->kind == RefusalKind::too_many;
  HtmlPage page{.status = is_throttled ? 429
                          : refusal    ? 422
                                       : 200,
                .title = "Sign in",
                .body = "sign_in.html"};
  const std::string return_to = local_path(context.value("return_to"), "");
  page.values.set("CSRF", form_token(context)).set("RETURN_TO", return_to);
  if (return_to.starts_with("/compose?")) page.values.section("KEPT");
  page.values.set("LOGIN", context.value("login"));
  page.values.set("SIGN_UP", return_to.empty() ? "/sign-up" : with_return("/sign-up", return_to));
  if (context.app.sign_up_mode != SignUpMode::closed) page.values.section("SIGN_UP_OPEN");
  if (refusal) add_errors(page.values, *refusal);
  return render(context, std::move(page));
}

bool is_told_beside_the_form(const Refusal& refusal) {
  return refusal.kind == RefusalKind::unauthorized || refusal.kind == RefusalKind::forbidden ||
         refusal.kind == RefusalKind::too_many;
}

}  // namespace

net::Task<net::Response> show_sign_in(Context& context) {
  if (context.signed_in) co_return see_other(local_path(context.value("return_to"), "/home"));
  co_return show(context, nullptr);
}

net::Task<net::Response> sign_in(Context& context) {
  app::SignIn attempt{.login = std::string(context.value("login")),
                      .password = std::string(context.value("password")),
                      .browser = context.browser()};
  // The session is a new one; whoever knew the old one knows nothing of it.
  if (context.signed_in) attempt.instead_of = context.signed_in->actor;
  std::optional<Refusal> refused;
  std::string secret;
  try {
    context.limits->count_sign_in(context.request, attempt.login);
    secret = co_await app::sign_in(context.app, std::move(attempt));
  } catch (const Refusal& refusal) {
    if (!is_told_beside_the_form(refusal)) throw;
    refused = refusal;
  }
  if (refused) co_return show(context, &*refused);
  net::Response response = see_other(local_path(context.value("return_to"), "/home"));
  set_session_cookie(context, response, secret);
  co_return response;
}

net::Task<net::Response> sign_out(Context& context) {
  co_await app::end_session(context.app, context.me().actor, context.me().actor.session);
  net::Response response = see_other("/");
  clear_session_cookie(context, response);
  co_return response;
}

}  // namespace hoopoe::web
