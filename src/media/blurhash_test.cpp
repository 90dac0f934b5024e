#include "media/blurhash.h"

#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/ensure.h"

namespace hoopoe::media {
namespace {

using Pixels = std::vector<std::uint8_t>;

constexpr std::string_view alphabet =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";

Pixels one_colour(int width, int height, std::array<std::uint8_t, 3> colour) {
  Pixels pixels;
  for (int i = 0; i < width * height; ++i) pixels.insert(pixels.end(), colour.begin(), colour.end());
  return pixels;
}

// The same each time, and unlike from pixel to pixel.
Pixels noise(int width, int height, std::uint32_t seed) {
  Pixels pixels(static_cast<std::size_t>(width * height * 3));
  for (auto& byte : pixels) byte = static_cast<std::uint8_t>((seed = seed * 1664525 + 1013904223) >> 24);
  return pixels;
}

double to_linear(double value) {
  return value / 255 <= 0.04045 ? value / 255 / 12.92 : std::pow((value / 255 + 0.055) / 1.055, 2.4);
}

double to_srgb(double value) {
  return 255 * (value <= 0.0031308 ? value * 12.92 : 1.055 * std::pow(value, 1 / 2.4) - 0.055);
}

// One component of one colour: the sum that the specification's decoder inverts, as it is written.
double component(const std::uint8_t* rgb, int width, int height, int i, int j, int colour) {
  double sum = 0;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      sum += std::cos(std::numbers::pi * i * x / width) * std::cos(std::numbers::pi * j * y / height) *
             to_linear(rgb[(y * width + x) * 3 + colour]);
    }
  }
  return sum * (i + j == 0 ? 1 : 2) / (width * height);
}

int digit_at(std::string_view hash, int at) { return static_cast<int>(alphabet.find(hash.begin()[at])); }

struct Hash {
  std::string text;
  int nx = digit_at(text, 0) % 9 + 1;
  double amplitude = (digit_at(text, 1) + 1) / 166.0;

  int digit(int at) const { return digit_at(text, at); }

  // From -1 to 1, as it is written: what the decoder multiplies by the amplitude.
  double level(int i, int j, int colour) const {
    const int at = 6 + 2 * (j * nx + i - 1);
    const int all = digit(at) * 83 + digit(at + 1);
    const std::array<int, 3> levels{all / 361, all / 19 % 19, all % 19};
    return (levels.at(static_cast<std::size_t>(colour)) - 9) / 9.0;
  }
};

void expect_like_the_slow_one(const Pixels& rgb, int width, int height, int nx, int ny) {
  const Hash hash{.text = blurhash(rgb, width, height, nx, ny)};
  ASSERT_EQ(hash.text.size(), static_cast<std::size_t>(4 + 2 * nx * ny)) << hash.text;
  EXPECT_EQ(hash.digit(0), nx - 1 + (ny - 1) * 9);
  const int average = ((hash.digit(2) * 83 + hash.digit(3)) * 83 + hash.digit(4)) * 83 + hash.digit(5);
  double largest = 0;
  for (int colour = 0; colour < 3; ++colour) {
    const double dc = component(rgb.data(), width, height, 0, 0, colour);
    EXPECT_NEAR(average >> (16 - 8 * colour) & 255, to_srgb(dc), 0.51);
    for (int i = 1; i < nx * ny; ++i) {
      const double ac = component(rgb.data(), width, height, i % nx, i / nx, colour);
      largest = std::max(largest, std::abs(ac));
      const double root = std::copysign(std::sqrt(std::min(1.0, std::abs(ac) / hash.amplitude)), ac);
      // Half a step of nine.
      EXPECT_NEAR(hash.level(i % nx, i / nx, colour), root, 0.0556) << i << ' ' << colour;
    }
  }
  // It has room for 83 values, so one half is the most.
  EXPECT_LE(std::abs(hash.amplitude - std::min(largest, 0.5)), 1 / 166.0) << "the amplitude is the largest";
}

TEST(Blurhash, is_what_a_slow_and_obvious_encoder_makes) {
  expect_like_the_slow_one(noise(32, 24, 1), 32, 24, 4, 3);
  expect_like_the_slow_one(noise(5, 7, 2), 5, 7, 3, 4);
  expect_like_the_slow_one(noise(1, 1, 3), 1, 1, 9, 9);
  expect_like_the_slow_one(noise(32, 1, 4), 32, 1, 9, 1);
  expect_like_the_slow_one(noise(2, 30, 5), 2, 30, 1, 2);
  Pixels halves = one_colour(16, 8, {255, 0, 0});
  const Pixels blue = one_colour(16, 8, {0, 0, 255});
  halves.insert(halves.end(), blue.begin(), blue.end());
  expect_like_the_slow_one(halves, 16, 16, 3, 4);
}

TEST(Blurhash, of_one_colour_has_its_average_and_nothing_else) {
  // 0xff0000 is 29.18.70.45 in base 83; a component of zero is 9.9.9 in base 19, 41.26 in base 83.
  EXPECT_EQ(blurhash(one_colour(8, 8, {255, 0, 0}), 8, 8, 1, 1), "00TI:j");
  EXPECT_EQ(blurhash(one_colour(8, 8, {0, 0, 0}), 8, 8, 1, 1), "000000");
  EXPECT_EQ(blurhash(one_colour(8, 8, {0, 0, 0}), 8, 8, 2, 1), "100000fQ");
}

TEST(Blurhash, tells_the_average_colour) {
  EXPECT_EQ(average_colour("00TI:j"), "#ff0000");
  EXPECT_EQ(average_colour(blurhash(one_colour(32, 20, {1, 128, 254}), 32, 20, 4, 3)), "#0180fe");
  // The specification's own example.
  EXPECT_EQ(average_colour("LlMF%n00%#MwS|WCWEM{R*bbWBbH"), "#c19a8a");
}

TEST(Blurhash, takes_nothing_else_for_a_blurhash) {
  EXPECT_EQ(average_colour(""), std::nullopt);
  EXPECT_EQ(average_colour("00TI:"), std::nullopt);
  EXPECT_EQ(average_colour("00TI:j0"), std::nullopt) << "too long for its components";
  EXPECT_EQ(average_colour("10TI:j"), std::nullopt) << "too short for its components";
  EXPECT_EQ(average_colour("00TI\"j"), std::nullopt) << "not one of the characters";
  EXPECT_EQ(average_colour("00~~~~"), std::nullopt) << "more than 24 bits";
  EXPECT_EQ(average_colour(std::string("~0") + std::string(200, '0')), std::nullopt) << "ten rows";
}

TEST(Blurhash, is_of_pixels_that_are_all_there) {
  EXPECT_THROW(blurhash(one_colour(2, 2, {}), 2, 3, 1, 1), Bug);
  EXPECT_THROW(blurhash({}, 0, 0, 1, 1), Bug);
  EXPECT_THROW(blurhash(one_colour(1, 1, {}), 1, 1, 10, 1), Bug);
  EXPECT_THROW(blurhash(one_colour(1, 1, {}), 1, 1, 1, 0), Bug);
}

}  // namespace
}  // namespace hoopoe::media
