#include "net/target.h"

#include <algorithm>
#include <utility>

#include "net/encoding.h"
#include "net/http.h"

namespace hoopoe::net {
namespace {

constexpr int bad_request = 400;

std::unexpected<ParseError> refused(std::string_view text) {
  return std::unexpected(ParseError{bad_request, text});
}

bool has_dot_segment(std::string_view path) {
  while (!path.empty()) {
    path.remove_prefix(1);
    const auto segment = path.substr(0, path.find('/'));
    if (segment == "." || segment == "..") return true;
    path.remove_prefix(segment.size());
  }
  return false;
}

// %2F would decode to a slash that divides segments, so that a proxy and this server see two different paths.
bool has_encoded_slash(std::string_view path) {
  for (auto at = path.find('%'); at != std::string_view::npos; at = path.find('%', at + 1)) {
    const auto digits = path.substr(at + 1, 2);
    if (equal_ignoring_case(digits, "2f") || equal_ignoring_case(digits, "5c")) return true;
  }
  return false;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

}  // namespace

std::expected<Target, ParseError> parse_target(std::string_view target) {
  if (target == "*") return Target{.path = "*", .query = ""};
  if (!target.starts_with('/')) return refused("The request target has to start with a slash.");
  if (target.contains('#')) return refused("A request target has no fragment.");
  const auto question = target.find('?');
  const auto raw = target.substr(0, question);
  if (has_encoded_slash(raw)) return refused("A path with an encoded slash isn't served.");
  auto path = percent_decode(raw, Plus::literal);
  if (!path || !is_clean_utf8(*path)) return refused("The path isn't percent-encoded UTF-8.");
  if (path->contains('\\') || std::ranges::any_of(*path, is_control)) {
    return refused("The path has a character that isn't served.");
  }
  if (has_dot_segment(*path)) return refused("A path with a \".\" or \"..\" segment isn't served.");
  const auto query = question == std::string_view::npos ? "" : target.substr(question + 1);
  return Target{.path = std::move(*path), .query = std::string(query)};
}

}  // namespace hoopoe::net
