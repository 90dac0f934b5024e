#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hoopoe {

// What a token may do: OAuth scopes as the Mastodon API names them. "write" holds every "write:…", and so on.
class Scopes {
 public:
  // Names parted by spaces (or '+', as some clients send them undecoded); nothing when one is unknown.
  static std::optional<Scopes> parse(std::string_view text);
  static const std::vector<std::string_view>& supported();

  // Is this scope granted, by name or by one that holds it?
  bool allow(std::string_view scope) const;
  // Is every one of ours granted by those?
  bool within(const Scopes& granted) const;
  const std::vector<std::string>& names() const { return names_; }
  std::string str() const;

 private:
  std::vector<std::string> names_;
};

}  // namespace hoopoe
