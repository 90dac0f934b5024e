#include "text/tags.h"

#include <algorithm>

#include "text/entities.h"
#include "text/fold.h"

namespace hoopoe::text {

std::vector<std::string> folded_tags(std::string_view text) {
  std::vector<std::string> tags;
  for (const Entity& entity : find_entities(text)) {
    if (entity.kind != EntityKind::hashtag) continue;
    std::string tag = fold(entity.name);
    if (!tag.empty() && std::ranges::find(tags, tag) == tags.end()) tags.push_back(std::move(tag));
  }
  return tags;
}

}  // namespace hoopoe::text
