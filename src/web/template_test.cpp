#include "web/template.h"

#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/ensure.h"

namespace hoopoe::web {
namespace {

constexpr std::string_view mark = R"({{%AUTOESCAPE context="HTML"}})";

std::string rendered(const std::string& source, const Values& values) {
  const std::string whole = std::string(mark) + source;
  const std::string inner = std::string(mark) + "[{{NAME}}]";
  const std::array sources{TemplateSource{"page.html", whole}, TemplateSource{"inner.html", inner}};
  return Templates(sources).render("page.html", values);
}

TEST(TemplateTest, values_are_escaped_for_the_place_where_they_stand) {
  Values values;
  values.set("NAME", "<b>\"'&").set("URL", "javascript:alert(1)");
  EXPECT_EQ(rendered("<p title=\"{{NAME}}\">{{NAME}}</p>", values),
            "<p title=\"&lt;b&gt;&quot;&#39;&amp;\">&lt;b&gt;&quot;&#39;&amp;</p>");
  EXPECT_EQ(rendered("<a href=\"{{URL}}\">x</a>", values), "<a href=\"#\">x</a>");
}

TEST(TemplateTest, safe_html_alone_is_written_raw) {
  Values values;
  values.set_html("WORDS_HTML", text::escape("a<b"));
  EXPECT_EQ(rendered("{{WORDS_HTML:none}}", values), "a&lt;b");
}

TEST(TemplateTest, sections_see_what_is_around_them_and_inclusions_do_not) {
  Values values;
  values.set("NAME", "outer");
  values.section("EACH").set("N", 1);
  values.section("EACH").set("N", 2).set("NAME", "own");
  values.include("INNER", "inner.html");
  EXPECT_EQ(rendered("{{#EACH}}{{NAME}}{{N}} {{/EACH}}{{>INNER}}", values), "outer1 own2 []");
}

TEST(TemplateTest, what_would_not_escape_is_refused_at_load) {
  const auto load = [](const std::string& source) {
    const std::array sources{TemplateSource{"page.html", source}};
    const Templates templates(sources);
  };
  EXPECT_THROW(load("<p>{{NAME}}</p>"), Bug);
  EXPECT_THROW(load(std::string(mark) + "{{NAME:none}}"), Bug);
  EXPECT_THROW(load(std::string(mark) + "{{WORDS_HTML}}"), Bug);
  EXPECT_THROW(load(std::string(mark) + "{{NAME:j}}"), Bug);
  EXPECT_THROW(Values().set("WORDS_HTML", "<script>"), Bug);
}

}  // namespace
}  // namespace hoopoe::web
