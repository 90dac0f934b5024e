#include "web/feed_format.h"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "base/ensure.h"
#include "net/http.h"
#include "text/utf8.h"
#include "web/assets.h"
#include "web/template.h"

namespace hoopoe::web {

namespace {

namespace json = boost::json;

struct Format {
  FeedFormat format;
  std::string_view suffix;
  std::string_view content_type;
};
constexpr std::array formats{
    Format{FeedFormat::rss, ".rss", "application/rss+xml; charset=utf-8"},
    Format{FeedFormat::atom, ".atom", "application/atom+xml; charset=utf-8"},
    Format{FeedFormat::json, ".json", "application/feed+json; charset=utf-8"},
};

const Format& row_of(FeedFormat format) { return *std::ranges::find(formats, format, &Format::format); }

// XML 1.0, production Char.
bool may_stand_in_xml(char32_t c) {
  return c == U'\t' || c == U'\n' || c == U'\r' || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF);
}

std::string clean(std::string_view text) {
  std::u32string points = text::decode_located(text).points;
  std::ranges::replace_if(
      points, [](char32_t c) { return !may_stand_in_xml(c); }, text::replacement_character);
  return text::encode(points);
}

void fill_entry(Values& values, const FeedEntry& entry, FeedFormat format) {
  values.set("ID", entry.id).set("ENTRY_URL", entry.url).set("ENTRY_TITLE", clean(entry.title));
  values.set("HTML", clean(entry.html));
  values.set("AUTHOR_NAME", clean(entry.author.name)).set("AUTHOR_URL", entry.author.url);
  const bool is_rss = format == FeedFormat::rss;
  values.set("PUBLISHED", is_rss ? net::http_date(entry.published) : iso8601(entry.published));
  values.set("UPDATED", iso8601(entry.updated));
  if (!entry.answers.empty()) {
    values.section("ANSWERS").set("WHAT", entry.answers).set("WHERE", entry.answers_url);
  }
  for (const std::string& tag : entry.tags) values.section("TAG").set("TERM", clean(tag));
  if (!entry.language.empty()) values.section("LANGUAGE").set("CODE", clean(entry.language));
  for (const FeedPhoto& photo : entry.photos) {
    Values& values_of_photo = values.section("PHOTO").set("PHOTO_URL", photo.url).set("BYTES", photo.bytes);
    values_of_photo.set("WIDTH", photo.width).set("HEIGHT", photo.height);
    if (!photo.description.empty())
      values_of_photo.section("DESCRIBED").set("WORDS", clean(photo.description));
  }
  // RSS 2.0 has room for one.
  if (!entry.photos.empty()) {
    values.section("ENCLOSURE")
        .set("PHOTO_URL", entry.photos.front().url)
        .set("BYTES", entry.photos.front().bytes);
  }
}

std::string write_xml(const Feed& feed, FeedFormat format) {
  Values values;
  values.set("FEED_ID", feed.id).set("SELF", feed.self_url).set("PAGE", feed.page_url);
  values.set("TITLE", clean(feed.title));
  values.set("DESCRIPTION", clean(feed.description.empty() ? feed.title : feed.description));
  values.set("CHANGED", format == FeedFormat::rss ? net::http_date(feed.updated) : iso8601(feed.updated));
  values.set("ICON", feed.icon_url);
  if (!feed.next_url.empty()) values.section("NEXT").set("URL", feed.next_url);
  if (!feed.hub_url.empty()) values.section("HUB").set("URL", feed.hub_url);
  if (feed.author)
    values.section("AUTHOR").set("NAME", clean(feed.author->name)).set("URL", feed.author->url);
  for (const FeedEntry& entry : feed.entries) fill_entry(values.section("ENTRY"), entry, format);
  return templates().render(format == FeedFormat::rss ? "feed_rss.xml" : "feed_atom.xml", values);
}

json::array authors_of(const FeedAuthor& author) {
  return {json::object{{"name", clean(author.name)}, {"url", author.url}}};
}

json::array attachments_of(const std::vector<FeedPhoto>& photos) {
  json::array attachments;
  for (const FeedPhoto& photo : photos) {
    attachments.push_back(json::object{{"url", photo.url},
                                       {"mime_type", "image/jpeg"},
                                       {"title", clean(photo.description)},
                                       {"size_in_bytes", photo.bytes}});
  }
  return attachments;
}

json::object item_of(const FeedEntry& entry) {
  json::object item{{"id", entry.id},
                    {"url", entry.url},
                    {"content_html", clean(entry.html)},
                    {"content_text", clean(entry.text)},
                    {"date_published", iso8601(entry.published)},
                    {"date_modified", iso8601(entry.updated)},
                    {"authors", authors_of(entry.author)}};
  if (!entry.photos.empty()) {
    item["image"] = entry.photos.front().url;
    item["attachments"] = attachments_of(entry.photos);
  }
  if (!entry.tags.empty()) item["tags"] = json::value_from(entry.tags);
  if (!entry.language.empty()) item["language"] = clean(entry.language);
  return item;
}

std::string write_json(const Feed& feed) {
  json::object object{{"version", "https://jsonfeed.org/version/1.1"},
                      {"title", clean(feed.title)},
                      {"home_page_url", feed.page_url},
                      {"feed_url", feed.self_url},
                      {"icon", feed.icon_url}};
  if (!feed.description.empty()) object["description"] = clean(feed.description);
  if (!feed.next_url.empty()) object["next_url"] = feed.next_url;
  if (!feed.hub_url.empty()) {
    object["hubs"] = json::array{json::object{{"type", "WebSub"}, {"url", feed.hub_url}}};
  }
  if (feed.author) object["authors"] = authors_of(*feed.author);
  json::array& items = object["items"].emplace_array();
  for (const FeedEntry& entry : feed.entries) items.emplace_back(item_of(entry));
  return json::serialize(object);
}

}  // namespace

std::string write_feed(const Feed& feed, FeedFormat format) {
  return format == FeedFormat::json ? write_json(feed) : write_xml(feed, format);
}

std::string_view content_type(FeedFormat format) { return row_of(format).content_type; }

std::string_view suffix_of(FeedFormat format) { return row_of(format).suffix; }

FeedFormat feed_format_of(std::string_view path) {
  const auto found =
      std::ranges::find_if(formats, [&](const Format& row) { return path.ends_with(row.suffix); });
  ensure(found != formats.end(), "the path is one of a feed");
  return found->format;
}

}  // namespace hoopoe::web
