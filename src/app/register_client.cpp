#include <algorithm>
#include <array>

#include "app/oauth.h"
#include "app/refuse.h"
#include "crypto/hash.h"
#include "crypto/password.h"
#include "text/uri.h"
#include "text/utf8.h"

// The registration of OAuth applications: app/oauth.h, register_client.
namespace hoopoe::app {

namespace {

constexpr std::size_t client_name_bytes_max = 200;
constexpr std::size_t website_bytes_max = 2000;
constexpr std::size_t redirect_uris_max = 20;
constexpr std::size_t redirect_uri_bytes_max = 2000;
// Of all together: twice what Mastodon takes. Strangers write these.
constexpr std::size_t all_redirect_uris_bytes_max = 4000;

// Schemes that a browser acts on by itself: never an app's own.
constexpr std::array<std::string_view, 14> refused_schemes{
    "javascript", "data",        "vbscript", "file",   "blob", "about", "ftp",
    "filesystem", "view-source", "intent",   "chrome", "ws",   "wss",   "search-ms"};

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return result;
}

bool is_scheme(std::string_view text) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return !text.empty() && letter(text.front()) && std::ranges::all_of(text, [&](char c) {
    return letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
  });
}

std::size_t host_end(std::string_view authority) {
  return authority.starts_with('[') ? authority.find(']') + 1
                                    : std::min(authority.find(':'), authority.size());
}

// HOST or HOST:PORT in plain letters, as it may be written into a header of ours: no user, nothing escaped.
bool is_authority(std::string_view text) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const std::string_view host = text.substr(0, host_end(text));
  const std::string_view port = text.substr(host.size());
  const bool bracketed = host.starts_with('[');
  return !host.empty() && (port.empty() || (port.size() > 1 && port.front() == ':')) &&
         std::ranges::all_of(port.substr(port.empty() ? 0 : 1), digit) &&
         std::ranges::all_of(host, [&](char c) {
           return digit(c) || (c >= 'a' && c <= 'z') ||
                  std::string_view(bracketed ? "[:]." : ".-_").contains(c);
         });
}

bool is_loopback_host(std::string_view authority) {
  const std::string_view host = authority.substr(0, host_end(authority));
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

// RFC 8252, 7: claimed https addresses, loopback addresses, and schemes of an app's own.
bool is_allowed(std::string_view uri) {
  if (uri == out_of_band_uri) return true;
  const bool printable = std::ranges::all_of(uri, [](unsigned char c) { return c > ' ' && c < 0x7f; });
  const std::size_t colon = uri.find(':');
  if (!printable || colon == std::string_view::npos || uri.find('#') != std::string_view::npos) return false;
  const std::string scheme = lower(uri.substr(0, colon));
  if (!is_scheme(scheme) || std::ranges::find(refused_schemes, scheme) != refused_schemes.end()) return false;
  const std::string_view rest = uri.substr(colon + 1);
  if (scheme != "http" && scheme != "https") return rest.starts_with('/');
  if (!rest.starts_with("//")) return false;
  const std::string authority = lower(rest.substr(2, rest.find_first_of("/?", 2) - 2));
  if (!is_authority(authority)) return false;
  // What the consent page could not name, nobody is sent to.
  return text::is_web_address(uri) && (scheme == "https" || is_loopback_host(authority));
}

void check(const NewClient& wish) {
  if (wish.name.empty()) refuse_as_invalid("Name can't be blank");
  if (!text::decode(wish.name) || !text::decode(wish.website))
    refuse_as_invalid("Name and website must be UTF-8");
  if (wish.name.size() > client_name_bytes_max) refuse_as_invalid("Name is too long (maximum is 200 bytes)");
  if (wish.website.size() > website_bytes_max ||
      (!wish.website.empty() && !wish.website.starts_with("https://") &&
       !wish.website.starts_with("http://"))) {
    refuse_as_invalid("Website must be a valid URL");
  }
  if (wish.redirect_uris.empty()) refuse_as_invalid("Redirect URI can't be blank");
  std::size_t bytes = 0;
  for (const std::string& uri : wish.redirect_uris) bytes += uri.size();
  if (wish.redirect_uris.size() > redirect_uris_max || bytes > all_redirect_uris_bytes_max) {
    refuse_as_invalid("Redirect URI holds too many addresses");
  }
  for (const std::string& uri : wish.redirect_uris) {
    if (uri.size() > redirect_uri_bytes_max || !is_allowed(uri)) {
      refuse_as_invalid(
          "Redirect URI must be https, http to a loopback address, an app's own scheme, or out-of-band");
    }
  }
}

}  // namespace

net::Task<RegisteredClient> register_client(App& app, NewClient wish) {
  check(wish);
  const auto scopes = Scopes::parse(wish.scopes.empty() ? "read" : wish.scopes);
  if (!scopes) refuse_as_invalid("Scopes doesn't match configured on the server.");
  RegisteredClient registered{.client = {.name = wish.name,
                                         .website = wish.website,
                                         .redirect_uris = wish.redirect_uris,
                                         .scopes = *scopes,
                                         .key = crypto::random_token(32),
                                         .expires = app.clock.now() + client_kept},
                              .secret = crypto::random_token(32)};
  registered.client.secret_hash = crypto::sha256(registered.secret);
  registered.client.id = co_await app.db.write(
      [&](store::Write& write) { return store::oauth::insert_client(write, registered.client); });
  co_return registered;
}

}  // namespace hoopoe::app
