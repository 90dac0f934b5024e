#include <array>
#include <utility>

#include "app/oauth.h"
#include "text/uri.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/paths.h"
#include "web/words.h"

namespace hoopoe::web {

namespace {

// The parameters of RFC 6749, 4.1.1 and RFC 7636, 4.3, and where they go.
constexpr std::array request_fields{
    std::pair{"response_type", &app::AuthorizationRequest::response_type},
    std::pair{"client_id", &app::AuthorizationRequest::client_key},
    std::pair{"redirect_uri", &app::AuthorizationRequest::redirect_uri},
    std::pair{"scope", &app::AuthorizationRequest::scope},
    std::pair{"state", &app::AuthorizationRequest::state},
    std::pair{"code_challenge", &app::AuthorizationRequest::code_challenge},
    std::pair{"code_challenge_method", &app::AuthorizationRequest::code_challenge_method},
};

app::AuthorizationRequest read_request(const Context& context) {
  app::AuthorizationRequest request;
  for (const auto& [name, field] : request_fields) request.*field = context.value(name);
  return request;
}

// Whatever is wrong is the app's doing, an unknown app included: not for the person to sign in again.
app::Authorization check(const Context& context, const app::AuthorizationRequest& request) {
  try {
    return app::check_authorization(context.app, request);
  } catch (const app::OAuthRefusal& refusal) {
    throw Refusal(RefusalKind::bad_request, refusal.what());
  }
}

bool is_out_of_band(const app::AuthorizationRequest& request) {
  return request.redirect_uri == app::out_of_band_uri;
}

// Where the person is sent afterwards, in words.
std::string destination(const app::AuthorizationRequest& request) {
  const auto uri = text::parse_uri(request.redirect_uri);
  if (text::is_web_address(request.redirect_uri) && uri) return uri->host;
  return request.redirect_uri.substr(0, request.redirect_uri.find(':'));
}

net::Response show_consent(Context& context, const app::AuthorizationRequest& request,
                           const app::Authorization& wanted) {
  HtmlPage page{.title = "Allow " + wanted.client.name + "?",
                .body = "authorize.html",
                // An app that opened this page in a window of its own waits for that window.
                .security = {.leads_to = is_out_of_band(request) ? "" : policy_source(request.redirect_uri),
                             .opener = Opener::kept}};
  Values& values = page.values;
  values.set("CSRF", form_token(context)).set("APP", wanted.client.name);
  values.set("HANDLE", context.me().account.handle).set("NAME", context.me().account.shown_name());
  if (text::is_web_address(wanted.client.website))
    values.section("WEBSITE").set("URL", wanted.client.website);
  for (const std::string& scope : wanted.scopes.names()) {
    values.section("SCOPE").set("WORDS", describe_scope(scope)).set("SCOPE_NAME", scope);
  }
  for (const auto& [name, field] : request_fields) {
    values.section("FIELD").set("FIELD_NAME", name).set("VALUE", request.*field);
  }
  if (!is_out_of_band(request)) values.section("LEADS").set("WHERE", destination(request));
  return render(context, std::move(page));
}

net::Response show_code(Context& context, const app::Authorization& granted, std::string_view code) {
  HtmlPage page{.title = "Your code", .body = "authorize_code.html"};
  page.values.set("APP", granted.client.name).set("CODE", code);
  return render(context, std::move(page));
}

net::Response send_back(const app::AuthorizationRequest& request, std::string_view name,
                        std::string_view value) {
  Query answer{{name, std::string(value)}};
  if (!request.state.empty()) answer.emplace_back("state", request.state);
  return see_other(with_query(request.redirect_uri, answer));
}

}  // namespace

net::Task<net::Response> show_authorize(Context& context) {
  const app::AuthorizationRequest request = read_request(context);
  co_return show_consent(context, request, check(context, request));
}

net::Task<net::Response> authorize(Context& context) {
  const app::AuthorizationRequest request = read_request(context);
  const app::Authorization wanted = check(context, request);
  if (context.value("decision") != "allow") {
    if (is_out_of_band(request)) co_return see_other("/home");
    co_return send_back(request, "error", "access_denied");
  }
  const std::string code = co_await app::authorize(context.app, context.me().actor, request);
  if (is_out_of_band(request)) co_return show_code(context, wanted, code);
  co_return send_back(request, "code", code);
}

}  // namespace hoopoe::web
