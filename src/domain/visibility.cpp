#include "domain/visibility.h"

#include <algorithm>
#include <array>

namespace hoopoe {

namespace {

constexpr std::array<std::string_view, 4> names{"public", "unlisted", "private", "direct"};

}  // namespace

bool is_for_all(Visibility visibility) {
  return visibility == Visibility::everyone || visibility == Visibility::unlisted;
}

std::optional<Visibility> parse_visibility(std::string_view name) {
  const auto* const found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Visibility>(found - names.begin());
}

std::string_view name_of(Visibility visibility) { return names.at(static_cast<std::size_t>(visibility)); }

}  // namespace hoopoe
