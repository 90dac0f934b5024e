// Any bytes at all through the text tier: nothing may crash, and what must always hold is asked each time.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/fuzz/require.h"
#include "text/bidi.h"
#include "text/entities.h"
#include "text/fold.h"
#include "text/html.h"
#include "text/length.h"
#include "text/normalize.h"
#include "text/uri.h"
#include "text/utf8.h"
#include "text/validate.h"

namespace {

using namespace hoopoe;
using namespace hoopoe::tests;

void check_utf8(std::string_view bytes) {
  const auto points = text::decode(bytes);
  const text::Located located = text::decode_located(bytes);
  require(points.has_value() == text::is_valid_utf8(bytes));
  require(located.offsets.size() == located.points.size() + 1 && located.offsets.back() == bytes.size());
  if (points) {
    require(text::encode(*points) == bytes);
    const std::u32string composed = text::to_nfc(*points);
    require(text::to_nfc(composed) == composed);
    require(text::count_graphemes(*points) <= points->size());
  } else {
    require(points.error().offset < bytes.size());
  }
}

std::vector<text::Entity> check_entities(std::string_view bytes) {
  const auto entities = text::find_entities(bytes);
  std::size_t byte = 0;
  std::size_t point = 0;
  for (const text::Entity& entity : entities) {
    require(entity.bytes.begin >= byte && entity.bytes.end > entity.bytes.begin &&
            entity.bytes.end <= bytes.size());
    require(entity.code_points.begin >= point && entity.code_points.end > entity.code_points.begin);
    const std::string_view as_typed = bytes.substr(entity.bytes.begin, entity.bytes.size());
    const auto points = text::decode(as_typed);
    require(points && points->size() == entity.code_points.size());
    require(!entity.name.empty() && as_typed.contains(entity.name));
    require(entity.domain.empty() || entity.list_slug.empty());
    byte = entity.bytes.end;
    point = entity.code_points.end;
  }
  return entities;
}

void check_html(std::string_view bytes, const std::vector<text::Entity>& entities) {
  text::Links links{.mention_urls = {}, .tag_url_prefix = "https://hoopoe.example/tags/"};
  for (const text::Entity& entity : entities)
    links.mention_urls[text::mention_key(entity)] = "https://hoopoe.example/@a";
  const std::string html = text::render_post(bytes, entities, links).str();
  require(text::is_valid_utf8(html));
  require(!html.contains("<script") && !html.contains("href=\"javascript"));
  const std::string escaped = text::escape(bytes).str();
  require(escaped.find_first_of("<>\"'") == std::string::npos && text::is_valid_utf8(escaped));
}

void check_lengths(std::string_view bytes) {
  const auto tweet = text::tweet_length(bytes);
  const auto app = text::app_length("", bytes);
  require(tweet.has_value() == app.has_value());
  require(!tweet || (text::fits(bytes, "", *tweet) && text::fits(bytes, "", *app)));
  require(!text::is_valid_tweet(bytes) || text::fits(bytes, "", text::tweet_length_max));
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = as_text(data, size);
  check_utf8(bytes);
  check_html(bytes, check_entities(bytes));
  check_lengths(bytes);

  const std::string folded = text::fold(bytes);
  require(text::fold(folded) == folded);
  const std::string name = text::clean_display_name(bytes);
  require(text::clean_display_name(name) == name && text::strip_bidi_controls(name) == name);
  require(text::percent_decode(text::percent_encode(bytes)) == bytes);

  static_cast<void>(text::parse_uri(bytes));
  static_cast<void>(text::find_reply_name(bytes));
  static_cast<void>(text::is_valid_url(bytes, text::Scheme::optional));
  static_cast<void>(text::is_valid_username(bytes) || text::is_valid_list(bytes) ||
                    text::is_valid_hashtag(bytes));
  return 0;
}
