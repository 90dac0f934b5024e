#include "web/context.h"

#include <fmt/format.h>

#include "app/accounts.h"
#include "app/sign_in.h"
#include "base/ensure.h"
#include "base/refusal.h"
#include "crypto/password.h"
#include "store/accounts.h"
#include "store/people.h"
#include "text/entities.h"
#include "web/csrf.h"

namespace hoopoe::web {

namespace {

constexpr std::string_view session_cookie = "hoopoe_session";
constexpr std::string_view form_cookie = "hoopoe_form";
constexpr std::chrono::seconds form_cookie_age = std::chrono::hours(2);
constexpr std::size_t secret_bytes = 32;
constexpr std::size_t cookie_bytes_max = 200;

// Under its own name a site that is served by https is reached by nothing else, whether what stands before it
// says so or not. Another name may be plain http: an onion's.
bool is_secure(const app::App& app, const net::Request& request) {
  const bool own_name =
      net::equal_ignoring_case(net::without_port(request.host), net::without_port(app.host));
  return request.secure || (own_name && app.public_url.starts_with("https://"));
}

// Over https, the name that browsers let nobody set but this very host over https: neither a neighbour under
// the same domain nor who answers for us in plain http (RFC 6265bis, 4.1.3.2). The plain name is then read by
// nobody, or what they plant under it would do as well.
std::string cookie_name(const app::App& app, const net::Request& request, std::string_view name) {
  return std::string(is_secure(app, request) ? "__Host-" : "").append(name);
}

std::string cookie_value(const app::App& app, const net::Request& request, std::string_view name) {
  const std::string_view value = request.cookie(cookie_name(app, request, name)).value_or("");
  return value.size() <= cookie_bytes_max ? std::string(value) : std::string();
}

void add_cookie(const Context& context, net::Response& response, std::string_view name,
                std::string_view value, std::chrono::seconds age) {
  response.headers.add("Set-Cookie",
                       fmt::format("{}={}; Path=/; Max-Age={}; HttpOnly; SameSite=Lax{}",
                                   cookie_name(context.app, context.request, name), value, age.count(),
                                   is_secure(context.app, context.request) ? "; Secure" : ""));
}

std::optional<SignedIn> find_signed_in(app::App& app, const net::Request& request) {
  std::string secret = cookie_value(app, request, session_cookie);
  if (secret.empty()) return std::nullopt;
  const auto actor = app::find_session(app, secret);
  if (!actor) return std::nullopt;
  return app.db.read([&](store::Read& read) -> std::optional<SignedIn> {
    auto account = store::accounts::find(read, actor->account);
    const auto person = store::people::find(read, actor->person);
    if (!account || !account->is_shown() || !person) return std::nullopt;  // suspended a moment ago
    return SignedIn{
        .actor = *actor, .account = *std::move(account), .role = person->role, .secret = std::move(secret)};
  });
}

// Browsers send where a form stood. By host alone: what terminates TLS may speak http to us.
bool comes_from_here(const net::Request& request) {
  const std::string_view origin = request.header("Origin");
  if (origin.empty()) return true;
  const std::size_t host = origin.find("://");
  return host != std::string_view::npos && net::equal_ignoring_case(origin.substr(host + 3), request.host);
}

}  // namespace

app::Browser Context::browser() const {
  return {.address = request.remote.str(), .user_agent = std::string(request.header("User-Agent"))};
}

const SignedIn& Context::me() const {
  ensure(signed_in.has_value(), "the route is for those who are signed in");
  return *signed_in;
}

Account captured_account(const Context& context, std::string_view name) {
  return app::account_by_address(context.app, context.request.capture(name));
}

std::string captured_tag(const Context& context) {
  const std::string_view typed = context.request.capture("tag");
  const std::string_view name = typed.substr(typed.starts_with('#') ? 1 : 0);
  const auto found = text::find_entities("#" + std::string(name));
  const bool is_tag =
      found.size() == 1 && found.front().kind == text::EntityKind::hashtag && found.front().name == name;
  if (!is_tag) throw Refusal(RefusalKind::not_found, "Record not found");
  return std::string(name);
}

Context make_context(app::App& app, const net::Request& request) {
  return {.app = app,
          .request = request,
          .parameters = {},
          .signed_in = find_signed_in(app, request),
          .form_secret = cookie_value(app, request, form_cookie)};
}

std::string form_token(Context& context) {
  if (context.signed_in) return csrf_token(context.signed_in->secret);
  if (context.form_secret.empty()) {
    context.form_secret = crypto::random_token(secret_bytes);
    context.form_secret_is_new = true;
  }
  return csrf_token(context.form_secret);
}

void require_own_form(const Context& context) {
  const std::string& secret = context.signed_in ? context.signed_in->secret : context.form_secret;
  if (comes_from_here(context.request) && csrf_token_matches(context.value("csrf"), secret)) return;
  throw Refusal(RefusalKind::forbidden,
                "This form did not come from here, or it waited too long. Go back, load the page again, and "
                "send it once more. Cookies have to be allowed for it.");
}

void set_session_cookie(const Context& context, net::Response& response, std::string_view secret) {
  add_cookie(context, response, session_cookie, secret, app::session_lifetime);
}

void clear_session_cookie(const Context& context, net::Response& response) {
  add_cookie(context, response, session_cookie, "", std::chrono::seconds(0));
}

void set_form_cookie(const Context& context, net::Response& response) {
  add_cookie(context, response, form_cookie, context.form_secret, form_cookie_age);
}

}  // namespace hoopoe::web
