#pragma once

#include <cstdint>
#include <string>

#include "domain/account.h"

namespace hoopoe::web {

// What a link to a post looks like where others show it: pixels of 1200 by 630, the shape that ogp.me's users
// cut to.
constexpr int share_image_width = 1200;
constexpr int share_image_height = 630;

struct ShareImage {
  int tile = 0;  // tile_of() the account
  std::string initial;
  std::string name;
  std::string handle;    // without "@"
  std::string words;     // plain; each paragraph in the direction of what stands outside of isolates
  std::string language;  // ISO 639, or empty: which shapes letters have
  std::string below;     // when it was said, and where
};

// A PNG: takes some 30 ms of CPU, so call it on a worker. What is too long for the smallest size of letters
// ends in "…". Letters come from the fonts of the machine.
std::string draw_share_image(const ShareImage& image);

}  // namespace hoopoe::web
