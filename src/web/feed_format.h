#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace hoopoe::web {

// RSS 2.0 (rssboard.org/rss-specification), Atom (RFC 4287), JSON Feed 1.1 (jsonfeed.org/version/1.1).
enum class FeedFormat { rss, atom, json };

struct FeedAuthor {
  std::string name;
  std::string url;
};

struct FeedPhoto {
  std::string url;
  std::int64_t bytes = 0;
  int width = 0;
  int height = 0;
  std::string description;  // or empty
};

// All addresses are absolute.
struct FeedEntry {
  std::string id;     // the same for good, whatever name the site is read under
  std::string url;    // of the page that shows it
  std::string title;  // one line of plain text; only Atom has to have one, and posts have none
  std::string html;   // safe to show, whole
  std::string text;   // the same as plain text
  FeedAuthor author;
  Time published;
  Time updated;
  std::string answers;  // the id of what it replies to, "" for what begins a conversation (RFC 4685)
  std::string answers_url;
  std::vector<std::string> tags;  // without "#"
  std::string language;           // ISO 639, or empty
  std::vector<FeedPhoto> photos;  // JPEG, to be shown at once; they are in the html as well
};

struct Feed {
  std::string id;  // the same for good, as that of an entry
  std::string title;
  std::string description;  // "": the title says enough
  std::string page_url;     // what people read instead
  std::string self_url;
  std::string next_url;  // the feed of what is older; "" at the end (RFC 5005, section 3)
  std::string icon_url;
  std::string hub_url;               // who tells of changes (w3.org/TR/websub); may be empty
  std::optional<FeedAuthor> author;  // of all that is in it
  Time updated;
  std::vector<FeedEntry> entries;  // newest first
};

// What XML cannot hold, such as a form feed in a name, is shown as U+FFFD in every format.
std::string write_feed(const Feed& feed, FeedFormat format);

std::string_view content_type(FeedFormat format);
// What a feed's address ends in: ".rss", ".atom", ".json".
std::string_view suffix_of(FeedFormat format);
// By that ending. Requires: one of the three.
FeedFormat feed_format_of(std::string_view path);

}  // namespace hoopoe::web
