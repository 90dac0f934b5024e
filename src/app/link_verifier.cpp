#include "app/link_verifier.h"

#include <algorithm>

#include "app/outgoing.h"
#include "domain/handle.h"
#include "store/accounts.h"
#include "text/entities.h"
#include "text/rel_me.h"
#include "text/uri.h"

namespace hoopoe::app {

namespace {

constexpr std::chrono::seconds interval{2};
constexpr std::chrono::seconds page_deadline{5};
constexpr std::size_t page_bytes_max = std::size_t{1024} * 1024;  // Mastodon reads as much

// Of a web address, without "www.": a page that only leads on to another one's page is not its author's.
std::string site_of(const std::string& address) {
  const auto uri = text::parse_uri(address);
  std::string host = uri ? handle_key(uri->host) : "";
  if (host.starts_with("www.")) host.erase(0, 4);
  return host;
}

net::OutgoingOptions options(const App& app) {
  net::OutgoingOptions options = outgoing_options(app);
  options.deadline = page_deadline;
  options.body_bytes_max = page_bytes_max;
  return options;
}

}  // namespace

std::optional<std::string> link_of_field(std::string_view value) {
  if (text::is_web_address(value)) {
    // Who reads "https://example.org@elsewhere.example" takes the wrong part for the host.
    return text::parse_uri(value)->user.empty() ? std::optional(std::string(value)) : std::nullopt;
  }
  const auto entities = text::find_entities(value);
  if (entities.size() != 1 || entities.front().kind != text::EntityKind::link) return std::nullopt;
  const text::Entity& link = entities.front();
  if (link.has_scheme || link.name.size() != value.size()) return std::nullopt;
  return "https://" + link.name;
}

LinkVerifier::LinkVerifier(App& app)
    : app_(app),
      client_(options(app)),
      thread_(
          "links of profiles",
          [this](const std::stop_token& stopping) {
            while (!stopping.stop_requested() && check_next(stopping)) {
            }
          },
          [] { return interval; }) {}

bool LinkVerifier::check_next(const std::stop_token& stopping) {
  const auto field = app_.db.read([](store::Read& read) { return store::accounts::field_to_check(read); });
  if (!field) return false;
  bool is_verified = false;
  if (const auto link = link_of_field(field->value)) {
    const auto page = client_.get(*link, stopping);
    if (stopping.stop_requested()) return false;
    const std::string own = handle_key(app_.public_url + "/@" + field->handle);
    is_verified = page && page->status == 200 && site_of(page->url) == site_of(*link) &&
                  std::ranges::any_of(text::rel_me_links(page->body),
                                      [&](const std::string& href) { return handle_key(href) == own; });
  }
  app_.db.write_blocking(
      [&](store::Write& write) { store::accounts::set_checked(write, *field, is_verified); });
  return true;
}

}  // namespace hoopoe::app
