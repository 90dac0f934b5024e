#include "text/link_scan.h"

#include <string>

#include <gtest/gtest.h>

namespace hoopoe::text {
namespace {

using Links = std::vector<std::u32string>;

Links links_in(std::u32string_view text) {
  Links links;
  for (const FoundLink& link : find_links(text))
    links.emplace_back(text.substr(link.begin, link.end - link.begin));
  return links;
}

TEST(LinkScan, a_link_ends_before_the_punctuation_of_its_sentence) {
  EXPECT_EQ(links_in(U"(see http://example.ir/a_(b), or http://example.ir.)"),
            (Links{U"http://example.ir/a_(b)", U"http://example.ir"}));
  EXPECT_EQ(links_in(U"http://example.ir/a((b)) c"), (Links{U"http://example.ir/a((b))"}));
  EXPECT_EQ(links_in(U"http://example.ir/a(((b)))"), (Links{U"http://example.ir/a"}));
  EXPECT_EQ(links_in(U"http://example.ir/a() b"), (Links{U"http://example.ir/a"}));
  EXPECT_EQ(links_in(U"http://example.ir/?a=b&c!"), (Links{U"http://example.ir/?a=b&c"}));
  EXPECT_EQ(links_in(U"http://example.ir/?!"), (Links{U"http://example.ir/"}));
}

TEST(LinkScan, persian_paths_are_whole_and_persian_punctuation_is_not_theirs) {
  EXPECT_EQ(links_in(U"https://fa.wikipedia.org/wiki/زبان_فارسی؟ بله"),
            (Links{U"https://fa.wikipedia.org/wiki/زبان_فارسی"}));
  EXPECT_EQ(links_in(U"http://example.ir/?q=شعر‌نو، خوب"),
            (Links{U"http://example.ir/?q=شعر‌نو"}));
}

TEST(LinkScan, hosts_that_dns_can_not_have_are_no_links) {
  EXPECT_EQ(links_in(U"http://" + std::u32string(64, U'a') + U".com"), Links{});
  EXPECT_EQ(links_in(U"http://xn--é.com"), Links{});
  EXPECT_EQ(links_in(U"http://a..com b"), Links{});
}

TEST(LinkScan, a_link_that_is_too_long_is_text) {
  const std::u32string host = U"http://example.ir/";
  EXPECT_EQ(links_in(host + std::u32string(link_length_max - host.size(), U'a')).size(), 1);
  EXPECT_EQ(links_in(host + std::u32string(link_length_max - host.size() + 1, U'a')), Links{});
}

TEST(LinkScan, only_web_schemes_make_links) {
  for (const std::u32string_view text :
       {U"javascript:alert(1)//example.com", U"ftp://example.com/a", U"data://example.com",
        U"ahttp://example.com", U"mailto:a@example.com", U"http:example"}) {
    EXPECT_EQ(links_in(text), Links{});
  }
}

TEST(LinkScan, the_domain_of_a_mail_address_is_no_link_in_any_script) {
  EXPECT_EQ(links_in(U"mina@bücher.de, a.b@sub-x.example.com, x+y.com@example.com"), Links{});
}

TEST(LinkScan, a_path_belongs_to_the_last_of_hosts_in_one_run) {
  EXPECT_EQ(links_in(U"日a.com本b.com/c"), (Links{U"a.com", U"b.com/c"}));
  EXPECT_EQ(links_in(U"example.com:8080"), (Links{U"example.com"}));
  EXPECT_EQ(links_in(U"example.com:8080/a"), (Links{U"example.com:8080/a"}));
  EXPECT_EQ(links_in(U"http://example.com:8080?a"), (Links{U"http://example.com:8080?a"}));
}

// Each of these makes some simpler scanner quadratic; 300,000 characters of it have to take a moment only.
TEST(LinkScan, hostile_texts_take_linear_time) {
  constexpr std::size_t size = 300000;
  for (const std::u32string_view piece :
       {U".",       U"a.",        U"a-",     U"_a.",     U"あ",     U"あ.",     U"a.あ",      U"@",
        U"http://", U"http://a.", U"a.co/(", U"a.co/(a", U"a.co/!", U"a.co?!",  U"a.co/((a)", U"xn--",
        U"a.xn--",  U"com.",      U"/a.co",  U"é.",      U"a.comé", U"あa.com", U":1"}) {
    std::u32string text;
    while (text.size() < size) text += piece;
    find_links(text);
    find_links(U"a.co/(" + text);
  }
}

}  // namespace
}  // namespace hoopoe::text
