#include "text/length.h"

#include <algorithm>
#include <string>
#include <utility>

#include "text/characters.h"
#include "text/entities.h"
#include "text/link_scan.h"
#include "text/normalize.h"
#include "text/utf8.h"

namespace hoopoe::text {

namespace {

std::expected<std::u32string, TextError> decode_allowed(std::string_view text) {
  auto points = decode(text);
  if (!points) return std::unexpected(TextError::invalid_utf8);
  if (std::ranges::any_of(*points, is_forbidden)) return std::unexpected(TextError::forbidden_character);
  return std::move(*points);
}

// Forms send "\r\n" for what people typed as one line break.
void join_line_breaks(std::u32string& points) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (points[i] == U'\r' && i + 1 < points.size() && points[i + 1] == U'\n') continue;
    points[kept++] = points[i];
  }
  points.resize(kept);
}

// The text as Mastodon counts it, each link and each foreign mention replaced by what it counts.
std::string countable(std::string_view text) {
  std::string out;
  std::size_t at = 0;
  for (const Entity& entity : find_entities(text, BareHosts::are_text)) {
    const bool is_link = entity.kind == EntityKind::link;
    if (!is_link && entity.domain.empty()) continue;
    out += text.substr(at, entity.bytes.begin - at);
    out += is_link ? std::string(link_length, 'x') : "@" + entity.name;
    at = entity.bytes.end;
  }
  return out.append(text.substr(at));
}

}  // namespace

std::expected<std::size_t, TextError> tweet_length(std::string_view text) {
  auto points = decode_allowed(text);
  if (!points) return std::unexpected(points.error());
  join_line_breaks(*points);
  const std::u32string composed = to_nfc(*points);
  std::size_t length = composed.size();
  for (const FoundLink& link : find_links(composed)) length = length - (link.end - link.begin) + link_length;
  return length;
}

std::expected<std::size_t, TextError> app_length(std::string_view warning, std::string_view text) {
  auto counted = decode_allowed(warning);
  if (!counted) return std::unexpected(counted.error());
  if (const auto allowed = decode_allowed(text); !allowed) return std::unexpected(allowed.error());
  *counted += decode_located(countable(text)).points;
  return count_graphemes(*counted);
}

std::expected<void, TextError> fits(std::string_view text, std::string_view warning, std::size_t limit) {
  const auto by_app = app_length(warning, text);
  if (!by_app) return std::unexpected(by_app.error());
  if (*by_app <= limit) return {};
  if (*tweet_length(text) + *tweet_length(warning) <= limit) return {};
  return std::unexpected(TextError::too_long);
}

}  // namespace hoopoe::text
