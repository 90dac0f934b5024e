#pragma once

#include <span>
#include <string_view>

namespace hoopoe {

// A file that is part of the binary: see cmake/embed.cmake.
struct EmbeddedFile {
  std::string_view name;  // without its folder
  std::string_view bytes;
};

}  // namespace hoopoe
