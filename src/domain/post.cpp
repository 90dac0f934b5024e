#include "domain/post.h"

#include <array>
#include <utility>

namespace hoopoe {

namespace {

constexpr std::array<std::string_view, 3> names{"anyone", "followed", "mentioned"};

}  // namespace

std::optional<ReplyRule> parse_reply_rule(std::string_view name) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names.at(i) == name) return static_cast<ReplyRule>(i);
  }
  return std::nullopt;
}

std::string_view name_of(ReplyRule rule) { return names.at(static_cast<std::size_t>(rule)); }

PostCard card_of(Post post) {
  PostCard card;
  static_cast<Post&>(card) = std::move(post);
  return card;
}

}  // namespace hoopoe
