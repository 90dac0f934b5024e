#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/template.h"

// What the pages are made of besides their content: embedded in the binary, prepared at first use, and from
// then on the same for all threads.
namespace hoopoe::web {

const Templates& templates();

// The value of a CSP style-src: 'sha256-...' of the one stylesheet, which stands inline in every page.
const std::string& style_source();

struct StaticFile {
  std::string_view bytes;
  std::string_view content_type;
  std::string version;  // changes with the content
};
std::vector<std::string_view> static_file_names();
// "hoopoe.js", "hoopoe.svg"; null when there is none of that name.
const StaticFile* find_static_file(std::string_view name);

}  // namespace hoopoe::web
