#include "web/card.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class WebCardTest : public PageTest {
 protected:
  std::string card_of(const Draft& draft, CardScript script = CardScript::none) {
    const auto view = site_.run(app::publish(site_.app(), rouhani_.actor, draft));
    return write_card(site_.app(), view, script);
  }
};

TEST_F(WebCardTest, a_card_is_whole_by_itself) {
  const std::string card =
      card_of({.text = "می‌خواهم #حق <b>\n\nبه @jack: https://example.org/a?b=1&c=2",
               .warning = "a \"warning\"",
               .language = "fa"});
  EXPECT_THAT(card,
              StartsWith("<blockquote class=\"hoopoe-post\" cite=\"https://square.example/@HassanRouhani/"));
  EXPECT_THAT(card,
              AllOf(HasSubstr("dir=\"auto\" lang=\"fa\">"), HasSubstr("می‌خواهم #حق &lt;b&gt;"),
                    HasSubstr("به <bdi dir=\"ltr\">@jack</bdi>: "),
                    HasSubstr("href=\"https://example.org/a?b=1&amp;c=2\""),
                    HasSubstr("<strong>a &quot;warning&quot;</strong>")));
  EXPECT_THAT(
      card,
      AllOf(HasSubstr("<a href=\"https://square.example/@HassanRouhani\">"),
            HasSubstr(
                "<time datetime=\"2013-10-01T18:40:00.000Z\" dir=\"ltr\">18:40 UTC, 1 October 2013</time>"),
            Not(HasSubstr("<script"))));
  EXPECT_THAT(card_of({.text = "hello"}, CardScript::live),
              HasSubstr("<script async src=\"https://square.example/static/embed.js\"></script>"));
}

TEST_F(WebCardTest, no_post_makes_a_card_of_more_than_4_kilobytes) {
  std::string quotes;
  for (int i = 0; i < 140; ++i) quotes += "\"";
  std::string tags;
  for (int i = 0; i < 46; ++i) tags += "#م ";
  std::string links;
  for (int i = 0; i < 5; ++i) links += "https://example.org/" + std::string(400, 'x') + " ";
  for (const std::string& text : {quotes, tags, links}) {
    EXPECT_LE(card_of({.text = text, .language = "fa"}, CardScript::live).size(), card_bytes_max);
  }
  EXPECT_THAT(card_of({.text = links}),
              AllOf(HasSubstr(std::string(400, 'x')), Not(HasSubstr("href=\"https://ex"))));
}

}  // namespace
}  // namespace hoopoe::web
