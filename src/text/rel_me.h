#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hoopoe::text {

// Where a page says that the same person is found: the href of each <a> and <link> whose rel has the word
// "me" (microformats.org/wiki/rel-me), as written. Any bytes are read as HTML, as libxml2 mends it.
std::vector<std::string> rel_me_links(std::string_view html);

}  // namespace hoopoe::text
