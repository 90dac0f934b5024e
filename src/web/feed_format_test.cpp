#include "web/feed_format.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hoopoe::web {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

Feed feed_of(std::string text) {
  return {.title = text,
          .description = text,
          .author = FeedAuthor{.name = text},
          .entries = {{.title = text,
                       .html = text,
                       .text = text,
                       .author = {.name = text},
                       .tags = {text},
                       .language = text}}};
}

TEST(FeedFormatTest, the_end_of_the_path_says_which) {
  EXPECT_EQ(feed_format_of("/@jack.rss"), FeedFormat::rss);
  EXPECT_EQ(feed_format_of("/@jack.atom"), FeedFormat::atom);
  EXPECT_EQ(feed_format_of("/tags/x.json"), FeedFormat::json);
  EXPECT_EQ(suffix_of(FeedFormat::json), ".json");
}

TEST(FeedFormatTest, what_xml_cannot_hold_is_replaced_and_what_it_means_is_escaped) {
  const Feed feed = feed_of(
      "a\fb\x01"
      "c\xEF\xBF\xBF"
      "d\n<e> & \"f\"");
  for (const FeedFormat format : {FeedFormat::rss, FeedFormat::atom}) {
    EXPECT_THAT(write_feed(feed, format), AllOf(Not(HasSubstr("\f")), Not(HasSubstr("\x01"))));
    EXPECT_THAT(
        write_feed(feed, format),
        AllOf(HasSubstr("a\uFFFDb\uFFFDc\uFFFDd\n&lt;e&gt; &amp; &quot;f&quot;"), Not(HasSubstr("<e>"))));
  }
  EXPECT_THAT(write_feed(feed, FeedFormat::json), HasSubstr(R"(a�b�c�d\n<e> & \"f\")"));
}

TEST(FeedFormatTest, times_are_as_each_format_writes_them) {
  Feed feed = feed_of("x");
  feed.updated = feed.entries[0].published = feed.entries[0].updated = from_milliseconds(1'380'652'800'000);
  EXPECT_THAT(write_feed(feed, FeedFormat::rss),
              AllOf(HasSubstr("<pubDate>Tue, 01 Oct 2013 18:40:00 GMT</pubDate>"),
                    HasSubstr("<lastBuildDate>Tue, 01 Oct 2013 18:40:00 GMT</lastBuildDate>")));
  EXPECT_THAT(write_feed(feed, FeedFormat::atom),
              AllOf(HasSubstr("<published>2013-10-01T18:40:00.000Z</published>"),
                    HasSubstr("<updated>2013-10-01T18:40:00.000Z</updated>")));
  EXPECT_THAT(write_feed(feed, FeedFormat::json),
              HasSubstr(R"("date_published":"2013-10-01T18:40:00.000Z")"));
}

}  // namespace
}  // namespace hoopoe::web
