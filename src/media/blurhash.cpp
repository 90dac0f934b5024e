#include "media/blurhash.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <numbers>
#include <vector>

#include <fmt/format.h>

#include "base/ensure.h"

namespace hoopoe::media {

namespace {

constexpr std::string_view digits =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";
constexpr int base = 83;
static_assert(digits.size() == base);

// What the specification says of each field.
constexpr int components_max = 9;       // each way
constexpr double amplitude_unit = 166;  // the largest component is (digit + 1) / 166
constexpr int levels = 19;              // of each colour of a component; the one in the middle is none
constexpr int header_digits = 6;        // the components' number, the largest one, and four of the average
constexpr int component_digits = 2;

using Colour = std::array<double, 3>;

double linear(std::uint8_t srgb) {
  const double part = srgb / 255.0;
  return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
}

int srgb(double linear) {
  const double part = std::clamp(linear, 0.0, 1.0);
  const double curved = part <= 0.0031308 ? part * 12.92 : 1.055 * std::pow(part, 1 / 2.4) - 0.055;
  return static_cast<int>(std::lround(curved * 255));
}

// Of each component, and each place along one side.
std::vector<double> cosines(int components, int length) {
  std::vector<double> values;
  for (int component = 0; component < components; ++component) {
    for (int at = 0; at < length; ++at)
      values.push_back(std::cos(std::numbers::pi * component * at / length));
  }
  return values;
}

struct Linear {
  std::vector<Colour> pixels;
  std::size_t width;

  Colour component(std::span<const double> along, std::span<const double> down) const {
    Colour sum{};
    for (std::size_t i = 0; i < pixels.size(); ++i) {
      const double weight = along[i % width] * down[i / width];
      for (std::size_t c = 0; c < sum.size(); ++c) sum[c] += weight * pixels[i][c];
    }
    for (double& value : sum) value /= static_cast<double>(pixels.size());
    return sum;
  }
};

Linear linear_pixels(std::span<const std::uint8_t> rgb, std::size_t width) {
  std::array<double, 256> table{};
  for (std::size_t i = 0; i < table.size(); ++i) table.at(i) = linear(static_cast<std::uint8_t>(i));
  Linear out{.pixels = std::vector<Colour>(rgb.size() / 3), .width = width};
  for (std::size_t i = 0; i < rgb.size(); ++i) out.pixels[i / 3].at(i % 3) = table.at(rgb[i]);
  return out;
}

// The average first, then the others, by x and then by y.
std::vector<Colour> components_of(const Linear& picture, int x_components, int y_components) {
  const std::size_t height = picture.pixels.size() / picture.width;
  const std::vector<double> along = cosines(x_components, static_cast<int>(picture.width));
  const std::vector<double> down = cosines(y_components, static_cast<int>(height));
  std::vector<Colour> components;
  for (std::size_t at = 0; at < down.size(); at += height) {
    for (std::size_t across = 0; across < along.size(); across += picture.width) {
      components.push_back(picture.component(std::span(along).subspan(across, picture.width),
                                             std::span(down).subspan(at, height)));
      // Twice: a cosine's square is a half on average; of the average itself it is one.
      if (components.size() == 1) continue;
      for (double& value : components.back()) value *= 2;
    }
  }
  return components;
}

void append(std::string& text, int value, int length) {
  std::string end;
  for (; length > 0; --length, value /= base) end += digits[static_cast<std::size_t>(value % base)];
  text.append(end.rbegin(), end.rend());
}

int largest_of(std::span<const Colour> components) {
  double largest = 0;
  for (const Colour& colour : components) {
    for (const double value : colour) largest = std::max(largest, std::abs(value));
  }
  return std::clamp(static_cast<int>(std::floor(largest * amplitude_unit - 0.5)), 0, base - 1);
}

int quantised(const Colour& colour, double amplitude) {
  constexpr int middle = levels / 2;
  int value = 0;
  for (const double part : colour) {
    const double root = std::copysign(std::sqrt(std::abs(part / amplitude)), part);
    value = value * levels +
            std::clamp(static_cast<int>(std::floor(root * middle + middle + 0.5)), 0, levels - 1);
  }
  return value;
}

// Requires: digits only.
int number(std::string_view text) {
  int value = 0;
  for (const char digit : text) value = value * base + static_cast<int>(digits.find(digit));
  return value;
}

}  // namespace

std::string blurhash(std::span<const std::uint8_t> rgb, int width, int height, int x_components,
                     int y_components) {
  ensure(width > 0 && height > 0 &&
             rgb.size() == 3 * static_cast<std::size_t>(width) * static_cast<std::size_t>(height),
         "a blurhash is of three bytes for each pixel");
  ensure(std::min(x_components, y_components) >= 1 && std::max(x_components, y_components) <= components_max,
         "a blurhash has 1 to 9 components each way");
  const std::vector<Colour> components =
      components_of(linear_pixels(rgb, static_cast<std::size_t>(width)), x_components, y_components);
  const Colour& average = components.front();
  const std::span<const Colour> others = std::span(components).subspan(1);
  const int largest = others.empty() ? 0 : largest_of(others);
  std::string text;
  append(text, x_components - 1 + (y_components - 1) * components_max, 1);
  append(text, largest, 1);
  append(text, (srgb(average[0]) * 256 + srgb(average[1])) * 256 + srgb(average[2]), 4);
  for (const Colour& colour : others) {
    append(text, quantised(colour, (largest + 1) / amplitude_unit), component_digits);
  }
  return text;
}

std::optional<std::string> average_colour(std::string_view blurhash) {
  if (blurhash.size() < header_digits) return std::nullopt;
  if (blurhash.find_first_not_of(digits) != std::string_view::npos) return std::nullopt;
  const int counts = number(blurhash.substr(0, 1));
  const int components = (counts % components_max + 1) * (counts / components_max + 1);
  const int digits_due = header_digits + component_digits * (components - 1);
  const int colour = number(blurhash.substr(2, 4));
  if (counts >= components_max * components_max || std::ssize(blurhash) != digits_due || colour > 0xffffff) {
    return std::nullopt;
  }
  return fmt::format("#{:06x}", colour);
}

}  // namespace hoopoe::media
