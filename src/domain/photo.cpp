#include "domain/photo.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace hoopoe {

namespace {

// A number from -1 to 1, in thousandths.
std::optional<int> thousandths(std::string_view text) {
  double value = 0;
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(last - text.size(), last, value);
  if (error != std::errc{} || end != last || !std::isfinite(value)) return std::nullopt;
  return static_cast<int>(std::lround(std::clamp(value, -1.0, 1.0) * 1000));
}

}  // namespace

std::optional<Focus> parse_focus(std::string_view text) {
  const auto comma = text.find(',');
  if (comma == std::string_view::npos) return std::nullopt;
  const auto x = thousandths(text.substr(0, comma));
  const auto y = thousandths(text.substr(comma + 1));
  if (!x || !y) return std::nullopt;
  return Focus{.x = *x, .y = *y};
}

std::vector<ChosenPhoto> as_chosen(const std::vector<Photo>& photos) {
  std::vector<ChosenPhoto> chosen;
  chosen.reserve(photos.size());
  for (const Photo& photo : photos) {
    chosen.push_back({.id = photo.id, .description = photo.description, .focus = photo.focus});
  }
  return chosen;
}

std::vector<PhotoId> ids_of(const std::vector<ChosenPhoto>& chosen) {
  std::vector<PhotoId> ids;
  ids.reserve(chosen.size());
  for (const ChosenPhoto& photo : chosen) ids.push_back(photo.id);
  return ids;
}

}  // namespace hoopoe
