#include "text/entities.h"

#include <algorithm>
#include <utility>

#include "text/characters.h"
#include "text/link_scan.h"
#include "text/name_scan.h"
#include "text/utf8.h"

namespace hoopoe::text {

namespace {

// A byte that is not UTF-8 stands as U+FFFF, which no entity may hold.
constexpr char32_t broken_byte = 0xFFFF;

class Builder {
 public:
  explicit Builder(std::string_view text) : text_(text), located_(decode_located(text, broken_byte)) {}

  const std::u32string& points() const { return located_.points; }

  void add(EntityKind kind, const std::vector<FoundName>& names) {
    for (const FoundName& found : names) {
      Entity entity = make(kind, found.begin, found.end);
      entity.name = slice(found.begin + 1, found.name_end);
      if (found.has_domain) {
        entity.domain = slice(found.name_end + 1, found.end);
      } else {
        entity.list_slug = slice(found.name_end, found.end);
      }
      entities_.push_back(std::move(entity));
    }
  }

  void add(const std::vector<FoundLink>& links, BareHosts bare_hosts) {
    for (const FoundLink& found : links) {
      if (!found.has_scheme && bare_hosts == BareHosts::are_text) continue;
      Entity entity = make(EntityKind::link, found.begin, found.end);
      entity.name = slice(found.begin, found.end);
      entity.has_scheme = found.has_scheme;
      entities_.push_back(std::move(entity));
    }
  }

  // The first to begin wins, and a link among equals; two signs never begin together.
  std::vector<Entity> take() {
    std::ranges::sort(entities_, {}, [](const Entity& e) {
      return std::pair(e.bytes.begin, e.kind == EntityKind::link ? 0 : 1);
    });
    std::vector<Entity> kept;
    for (Entity& entity : entities_) {
      if (kept.empty() || kept.back().bytes.end <= entity.bytes.begin) kept.push_back(std::move(entity));
    }
    return kept;
  }

 private:
  Entity make(EntityKind kind, std::size_t begin, std::size_t end) const {
    return {.kind = kind,
            .bytes = {located_.offsets[begin], located_.offsets[end]},
            .code_points = {begin, end},
            .name = {},
            .domain = {},
            .list_slug = {}};
  }

  std::string slice(std::size_t begin, std::size_t end) const {
    const std::size_t from = located_.offsets[begin];
    return std::string(text_.substr(from, located_.offsets[end] - from));
  }

  std::string_view text_;
  Located located_;
  std::vector<Entity> entities_;
};

}  // namespace

std::vector<Entity> find_entities(std::string_view text, BareHosts bare_hosts) {
  Builder builder(text);
  builder.add(find_links(builder.points()), bare_hosts);
  builder.add(EntityKind::hashtag, find_hashtags(builder.points()));
  builder.add(EntityKind::mention, find_mentions(builder.points()));
  builder.add(EntityKind::cashtag, find_cashtags(builder.points()));
  return builder.take();
}

std::optional<std::string> find_reply_name(std::string_view text) {
  const std::u32string points = decode_located(text, broken_byte).points;
  const auto sign =
      std::ranges::find_if_not(points, [](char32_t c) { return is_space(c) || is_bidi_control(c); });
  if (sign == points.end() || !is_at_sign(*sign)) return std::nullopt;
  const auto at = static_cast<std::size_t>(sign - points.begin());
  const FoundName mention = mention_at(points, at);
  if (mention.is_refused) return std::nullopt;
  return encode(std::u32string_view(points).substr(at + 1, mention.name_end - at - 1));
}

}  // namespace hoopoe::text
