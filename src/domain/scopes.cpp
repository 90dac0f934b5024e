#include "domain/scopes.h"

#include <algorithm>

namespace hoopoe {

namespace {

// "follow" of old stands for these (Mastodon API, oauth-scopes).
bool is_follow_scope(std::string_view scope) {
  return scope.ends_with(":blocks") || scope.ends_with(":follows") || scope.ends_with(":mutes");
}

bool holds(std::string_view granted, std::string_view scope) {
  if (granted == scope) return true;
  if (granted == "follow") return is_follow_scope(scope) && !scope.starts_with("admin:");
  return scope.size() > granted.size() && scope.starts_with(granted) && scope[granted.size()] == ':';
}

}  // namespace

const std::vector<std::string_view>& Scopes::supported() {
  static const std::vector<std::string_view> names{"profile",
                                                   "read",
                                                   "write",
                                                   "follow",
                                                   "push",
                                                   "read:accounts",
                                                   "read:blocks",
                                                   "read:bookmarks",
                                                   "read:collections",
                                                   "read:favourites",
                                                   "read:filters",
                                                   "read:follows",
                                                   "read:lists",
                                                   "read:mutes",
                                                   "read:notifications",
                                                   "read:search",
                                                   "read:statuses",
                                                   "write:accounts",
                                                   "write:blocks",
                                                   "write:bookmarks",
                                                   "write:collections",
                                                   "write:conversations",
                                                   "write:favourites",
                                                   "write:filters",
                                                   "write:follows",
                                                   "write:lists",
                                                   "write:media",
                                                   "write:mutes",
                                                   "write:notifications",
                                                   "write:reports",
                                                   "write:statuses",
                                                   "admin:read",
                                                   "admin:read:accounts",
                                                   "admin:read:reports",
                                                   "admin:read:domain_allows",
                                                   "admin:read:domain_blocks",
                                                   "admin:read:ip_blocks",
                                                   "admin:read:email_domain_blocks",
                                                   "admin:read:canonical_email_blocks",
                                                   "admin:write",
                                                   "admin:write:accounts",
                                                   "admin:write:reports",
                                                   "admin:write:domain_allows",
                                                   "admin:write:domain_blocks",
                                                   "admin:write:ip_blocks",
                                                   "admin:write:email_domain_blocks",
                                                   "admin:write:canonical_email_blocks"};
  return names;
}

std::optional<Scopes> Scopes::parse(std::string_view text) {
  Scopes scopes;
  while (!text.empty()) {
    const std::size_t end = text.find_first_of(" +");
    const std::string_view name = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (name.empty() || std::ranges::find(scopes.names_, name) != scopes.names_.end()) continue;
    if (std::ranges::find(supported(), name) == supported().end()) return std::nullopt;
    scopes.names_.emplace_back(name);
  }
  return scopes;
}

bool Scopes::allow(std::string_view scope) const {
  return std::ranges::any_of(names_, [scope](const std::string& granted) { return holds(granted, scope); });
}

bool Scopes::within(const Scopes& granted) const {
  return std::ranges::all_of(names_, [&granted](const std::string& name) { return granted.allow(name); });
}

std::string Scopes::str() const {
  std::string text;
  for (const std::string& name : names_) {
    if (!text.empty()) text += ' ';
    text += name;
  }
  return text;
}

}  // namespace hoopoe
