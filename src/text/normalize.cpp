#include "text/normalize.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <utf8proc.h>

namespace hoopoe::text {

namespace {

using Point = utf8proc_int32_t;

int combining_class(Point point) { return utf8proc_get_property(point)->combining_class; }

// Canonical ordering: each run of combining marks in the order of their classes, equals as they stood.
void order_marks(std::vector<Point>& points) {
  struct Mark {
    int order;
    std::size_t place;
    Point point;
  };
  std::vector<Mark> marks;
  for (std::size_t at = 0; at < points.size(); ++at) {
    marks.clear();
    const std::size_t begin = at;
    for (; at < points.size() && combining_class(points[at]) != 0; ++at) {
      marks.push_back({combining_class(points[at]), at, points[at]});
    }
    if (marks.size() < 2) continue;
    std::ranges::sort(marks, {}, [](const Mark& mark) { return std::pair(mark.order, mark.place); });
    std::ranges::transform(marks, points.begin() + static_cast<std::ptrdiff_t>(begin), &Mark::point);
  }
}

std::vector<Point> decompose(std::u32string_view text, int options) {
  std::vector<Point> points;
  points.reserve(text.size() + 32);
  int boundary_class = 0;
  for (const char32_t point : text) {
    // The longest decomposition has 18 code points (U+FDFA); a negative answer means "no code point".
    Point parts[32];
    const auto count = utf8proc_decompose_char(static_cast<Point>(point), parts, 32,
                                               static_cast<utf8proc_option_t>(options), &boundary_class);
    if (count < 0 || count > 32) {
      points.push_back(static_cast<Point>(replacement_character));
    } else {
      points.insert(points.end(), parts, parts + count);
    }
  }
  order_marks(points);
  return points;
}

std::u32string to_string(const std::vector<Point>& points) { return {points.begin(), points.end()}; }

}  // namespace

std::u32string to_nfc(std::u32string_view text) {
  std::vector<Point> points = decompose(text, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE);
  const auto size =
      utf8proc_normalize_utf32(points.data(), static_cast<utf8proc_ssize_t>(points.size()),
                               static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  points.resize(static_cast<std::size_t>(std::max<utf8proc_ssize_t>(size, 0)));
  return to_string(points);
}

std::expected<std::string, Utf8Error> to_nfc(std::string_view text) {
  const auto points = decode(text);
  if (!points) return std::unexpected(points.error());
  return encode(to_nfc(*points));
}

std::u32string to_nfkd_casefold(std::u32string_view text) {
  // Decomposed first, so that a mark which folds to a letter (U+0345) is folded in its ordered place.
  const std::u32string ordered = to_string(decompose(text, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE));
  return to_string(decompose(
      ordered, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE));
}

}  // namespace hoopoe::text
