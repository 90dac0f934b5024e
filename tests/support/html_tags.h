#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hoopoe::tests {

// A tag as a browser reads it from a page: its name in lower case, "/a" where it ends one.
struct HtmlTag {
  std::string name;
  std::vector<std::pair<std::string, std::string>> attributes;  // values as they are meant, not as written
};

// Every tag of a page, in order: what stands in comments, scripts, titles and text areas is none
// (HTML, 13.2.5).
std::vector<HtmlTag> html_tags(std::string_view html);

// Why a browser could run or load something by such a page that its server did not mean; "" when it could
// not. Scripts are those of /static/ alone, and links lead to pages.
std::string danger_in(std::string_view html);

}  // namespace hoopoe::tests
