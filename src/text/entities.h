#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What a post speaks of: people, tags, tickers and links, found as twitter-text 3.1 finds them. The time
// grows with the length of the text, whatever it holds; bytes that are not UTF-8 belong to no entity.
//
// Where Hoopoe differs on purpose: a handle may have 30 characters; "@name@host" is a mention of a person on
// another server, whose name may hold "." and "-" inside; a link's path and query may hold Arabic script.
namespace hoopoe::text {

enum class EntityKind { mention, hashtag, cashtag, link };

// Half open: [begin, end).
struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;

  std::size_t size() const { return end - begin; }
  friend bool operator==(Range, Range) = default;
};

struct Entity {
  EntityKind kind = EntityKind::link;
  Range bytes;
  Range code_points;
  // As typed, without "@", "#" or "$": the handle, the tag, the ticker; of a link, the link itself.
  std::string name;
  // Of a mention: the host of another server, as typed, or the list's "/slug" (never both); else empty.
  std::string domain;
  std::string list_slug;
  // Of a link: whether "http://" or "https://" stands before it. Without, it is a host with a known TLD.
  bool has_scheme = false;

  friend bool operator==(const Entity&, const Entity&) = default;
};

// Length of a handle of our own; twitter-text stops at 20. What goes on after it is no part of the mention.
constexpr std::size_t handle_length_max = 30;
constexpr std::size_t list_slug_length_max = 25;  // twitter-text list_name

enum class BareHosts { are_links, are_text };

// In the order of the text, none over another: where two kinds claim the same characters, the one that begins
// first has them, and of two that begin together the link.
std::vector<Entity> find_entities(std::string_view text, BareHosts bare_hosts = BareHosts::are_links);

// The handle that a reply begins with, after spaces and direction marks at most.
std::optional<std::string> find_reply_name(std::string_view text);

}  // namespace hoopoe::text
