#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

// A picture in some thirty characters, which an app shows, blurred, until the picture is there.
namespace hoopoe::media {

// As github.com/woltapp/blurhash, Algorithm.md, has it: a cosine transform in linear light, of which the
// first few components are kept. Requires: sRGB, three bytes for each pixel, row by row, width and height of
// at least 1, 1 to 9 components each way. It looks at each pixel once for each component: give it a small
// picture.
std::string blurhash(std::span<const std::uint8_t> rgb, int width, int height, int x_components,
                     int y_components);

// The colour of the whole, "#rrggbb", for what is shown before even the blurhash can be. None for what is no
// blurhash: a character that is none of theirs, or not as many as its components need.
std::optional<std::string> average_colour(std::string_view blurhash);

}  // namespace hoopoe::media
