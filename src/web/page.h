#pragma once

#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/clock.h"
#include "domain/page.h"
#include "net/http.h"
#include "web/context.h"
#include "web/security_headers.h"
#include "web/template.h"

namespace hoopoe::web {

// What search engines and those who link to a page make of it (ogp.me, oembed.com).
struct Preview {
  std::string path;                   // its one address; "": no preview, as of what is not for everyone
  std::string_view type = "website";  // as Open Graph says
  std::optional<Time> published;      // of a post
  std::string author_path;            // likewise
  struct Image {
    std::string path;
    int width = 0;
    int height = 0;
    std::string description;  // or empty
  };
  std::vector<Image> images;
};

// One page before it is dressed in the layout.
struct HtmlPage {
  int status = 200;
  std::string title;
  std::string description;  // for link previews and search engines; else that of the site
  std::string_view body;    // the template's name
  Values values;
  std::string_view section;  // of the navigation, when it is one: HOME SQUARE NOTIFICATIONS ME
  Preview preview = {};
  std::string feed;        // of what the page shows: its address without ".rss"; empty where there is none
  bool refreshes = false;  // by itself, for readers without JavaScript
  bool is_live = false;    // with the script that makes its list grow
  SecurityOptions security;
};

net::Response render(Context& context, HtmlPage page);

// What is the same for everyone is kept by a cache on the way for long enough to carry a crowd, and short
// enough that nobody waits for what was said; by a browser only to ask whether it still holds, since who
// signs in gets another.
inline constexpr std::string_view public_cache = "public, max-age=0, s-maxage=5";
// What is the same for all who are not signed in may be kept, what is for one never.
std::string_view cache_control(const Context& context, int status);

// Of whatever kind, as every answer of this face is.
net::Response answer_with(std::string body, std::string_view content_type, std::string_view cache_control,
                          const SecurityOptions& security = {});

// 303 See Other: what follows every form that was taken.
net::Response see_other(std::string_view location);
net::Response redirect(int status, std::string_view location);

// The part of a list that the query asks for: max_id, min_id.
Page read_page(const Context& context, int limit = page_limit_default);
inline bool is_first(const Page& page) { return page.max_id == 0 && page.min_id == 0; }

struct Covered {
  std::int64_t newest = 0;  // 0: the page is empty
  std::int64_t oldest = 0;
  bool is_full = false;
};
// Of the ids that were read for a page, newest first.
template <class IdType>
Covered covered_by(const std::vector<IdType>& ids, const Page& page) {
  Covered covered{.is_full = std::ssize(ids) >= page.limit};
  if (ids.empty()) return covered;
  const auto number = [](const IdType& id) {
    if constexpr (std::is_integral_v<IdType>) {
      return id;
    } else {
      return id.value;
    }
  };
  covered.newest = number(ids.front());
  covered.oldest = number(ids.back());
  return covered;
}
// Links to the pages before and after, where the template includes PAGER.
void add_pager(Values& values, const Page& page, const Covered& covered, std::string_view path);

}  // namespace hoopoe::web
