#include "text/html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hoopoe::text {
namespace {

std::string render(std::string_view text, BareHosts bare_hosts = BareHosts::are_links) {
  const Links links = {.mention_urls = {{"mina", "https://hoopoe.example/@Mina"},
                                        {"omid@example.org", "https://example.org/@omid"},
                                        {"mallory", "javascript:alert(1)"}},
                       .tag_url_prefix = "https://hoopoe.example/tags/"};
  return render_post(text, find_entities(text, bare_hosts), links).str();
}

TEST(Html, text_is_escaped_for_content_and_attributes) {
  EXPECT_EQ(escape("<a href=\"x\">'&amp;'</a>").str(),
            "&lt;a href=&quot;x&quot;&gt;&#39;&amp;amp;&#39;&lt;/a&gt;");
  EXPECT_EQ(escape("سلام 👋").str(), "سلام 👋");
  EXPECT_EQ(escape(std::string_view("a\0b\x1B\xFF\n", 6)).str(), "a\uFFFDb\uFFFD\uFFFD\n");
}

TEST(Html, safe_pieces_join_to_a_safe_whole) {
  EXPECT_EQ((escape("<") + escape(">")).str(), "&lt;&gt;");
  EXPECT_EQ(SafeHtml().str(), "");
}

TEST(Html, blank_lines_part_paragraphs_and_line_breaks_stay) {
  EXPECT_EQ(render("one\ntwo\n\nthree\r\nfour\r\n\r\n\r\nfive"),
            "<p>one<br>two</p><p>three<br>four</p><p>five</p>");
  EXPECT_EQ(render("\n\n one \n"), "<p> one </p>");
  EXPECT_EQ(render(""), "");
  EXPECT_EQ(render(" \n\n "), "");
}

TEST(Html, a_mention_is_a_card_that_leads_to_the_account) {
  EXPECT_EQ(
      render("@MINA hi"),
      "<p><span class=\"h-card\" translate=\"no\"><a href=\"https://hoopoe.example/@Mina\" class=\"u-url "
      "mention\">@<span>MINA</span></a></span> hi</p>");
  EXPECT_EQ(render("@Omid@Example.org"),
            "<p><span class=\"h-card\" translate=\"no\"><a href=\"https://example.org/@omid\" class=\"u-url "
            "mention\">@<span>Omid</span></a></span></p>");
}

TEST(Html, a_name_that_nobody_has_stays_text) {
  EXPECT_EQ(render("@nobody @omid ＠nobody/list"), "<p>@nobody @omid ＠nobody/list</p>");
}

TEST(Html, a_list_mentions_its_owner) {
  EXPECT_TRUE(render("@mina/poets").ends_with("</a></span>/poets</p>"));
}

TEST(Html, a_tag_leads_to_its_page_percent_encoded) {
  EXPECT_EQ(render("＃شعر"),
            "<p><a href=\"https://hoopoe.example/tags/%D8%B4%D8%B9%D8%B1\" class=\"mention hashtag\" "
            "rel=\"tag\">#<span>شعر</span></a></p>");
}

TEST(Html, a_link_shows_its_beginning_and_hides_scheme_and_rest) {
  EXPECT_EQ(
      render("https://www.example.org/a-rather-long/path/to/a/page"),
      "<p><a href=\"https://www.example.org/a-rather-long/path/to/a/page\" target=\"_blank\" rel=\"nofollow "
      "noopener noreferrer\" translate=\"no\"><span class=\"invisible\">https://www.</span><span "
      "class=\"ellipsis\">example.org/a-rather-long/path</span><span "
      "class=\"invisible\">/to/a/page</span></a></p>");
  EXPECT_EQ(render("http://a.ir"),
            "<p><a href=\"http://a.ir\" target=\"_blank\" rel=\"nofollow noopener noreferrer\" "
            "translate=\"no\"><span "
            "class=\"invisible\">http://</span><span class=\"\">a.ir</span><span "
            "class=\"invisible\"></span></a></p>");
}

TEST(Html, a_host_without_a_scheme_is_linked_as_https) {
  EXPECT_TRUE(render("example.org").starts_with("<p><a href=\"https://example.org\" "));
  EXPECT_EQ(render("example.org", BareHosts::are_text), "<p>example.org</p>");
}

TEST(Html, a_ticker_is_text) { EXPECT_EQ(render("$OIL"), "<p>$OIL</p>"); }

TEST(Html, no_input_opens_a_tag_or_runs_a_script) {
  for (const char* text :
       {"<script>alert(1)</script>", "javascript:alert(1)", "@mallory", "#\"><script>", "data:text/html,<b>",
        "http://example.org/\"onmouseover=alert(1)//", "http://example.org/'><svg/onload=alert(1)>"}) {
    const std::string html = render(text);
    EXPECT_EQ(html.find("<script"), std::string::npos) << html;
    EXPECT_EQ(html.find("<svg"), std::string::npos) << html;
    EXPECT_EQ(html.find("href=\"javascript"), std::string::npos) << html;
    EXPECT_EQ(html.find("\"onmouseover"), std::string::npos) << html;
  }
}

TEST(Html, entities_of_another_text_are_left_out) {
  EXPECT_EQ(render_post("short", find_entities("a longer text with a #tag"), {}).str(), "<p>short</p>");
}

TEST(Html, a_prefix_that_leads_elsewhere_makes_no_link) {
  for (const char* prefix : {"", "javascript:", "//evil.example/", "/\\evil.example/"}) {
    const auto html =
        render_post("#شعر", find_entities("#شعر"), {.mention_urls = {}, .tag_url_prefix = prefix});
    EXPECT_EQ(html.str(), "<p>#شعر</p>");
  }
}

TEST(Html, names_and_links_are_isolated_where_that_is_asked_for) {
  const std::string text = "@mina و @nobody سلام";
  const Links links{.mention_urls = {{"mina", "/@mina"}}, .isolate = true};
  EXPECT_EQ(
      render_post(text, find_entities(text), links).str(),
      "<p><span class=\"h-card\" translate=\"no\" dir=\"ltr\"><a href=\"/@mina\" class=\"u-url mention\">"
      "@<span>mina</span></a></span> و <bdi dir=\"ltr\">@nobody</bdi> سلام</p>");
  const std::string link = "https://example.org و";
  EXPECT_THAT(render_post(link, find_entities(link), links).str(),
              testing::StartsWith("<p><a dir=\"ltr\" href=\"https://example.org\" "));
}

}  // namespace
}  // namespace hoopoe::text
