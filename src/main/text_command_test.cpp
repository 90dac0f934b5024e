#include "main/text_command.h"

#include <sstream>
#include <string>

#include <gtest/gtest.h>

namespace hoopoe {
namespace {

std::string answers(const std::string& lines) {
  std::istringstream in(lines);
  std::ostringstream out;
  EXPECT_EQ(run_text_command(in, out), 0);
  return out.str();
}

TEST(TextCommand, extracts_entities_with_code_point_indices) {
  EXPECT_EQ(
      answers(R"({"op":"extract","text":"سلام @mina/poets #شعر http://a.ir $OIL"})"),
      R"({"mentions":[{"screen_name":"mina","indices":[5,16],"list_slug":"/poets"}],"reply":null,)"
      R"("urls":[{"url":"http://a.ir","indices":[22,33]}],"hashtags":[{"hashtag":"شعر","indices":[17,21]}],)"
      R"("cashtags":[{"cashtag":"OIL","indices":[34,38]}]})"
      "\n");
  EXPECT_EQ(answers(R"({"op":"extract","text":"@mina@example.org hi"})"),
            R"({"mentions":[{"screen_name":"mina","indices":[0,17],"domain":"example.org"}],"reply":"mina",)"
            R"("urls":[],"hashtags":[],"cashtags":[]})"
            "\n");
}

TEST(TextCommand, validates_each_kind) {
  EXPECT_EQ(answers(R"({"op":"validate","kind":"tweet","text":"I am a Tweet"})"),
            "{\"valid\":true,\"length\":12}\n");
  EXPECT_EQ(answers(R"({"op":"validate","kind":"tweet","text":"\ufeff"})"),
            "{\"valid\":false,\"length\":0}\n");
  EXPECT_EQ(answers(R"({"op":"validate","kind":"username","text":"@mina"})"),
            "{\"valid\":true,\"length\":5}\n");
  EXPECT_EQ(answers(R"({"op":"validate","kind":"list","text":"@mina"})"), "{\"valid\":false,\"length\":5}\n");
  EXPECT_EQ(answers(R"({"op":"validate","kind":"hashtag","text":"#۱۴۰۴"})"),
            "{\"valid\":false,\"length\":5}\n");
  EXPECT_EQ(answers(R"({"op":"validate","kind":"url","text":"http://a.ir"})"),
            "{\"valid\":true,\"length\":23}\n");
  EXPECT_EQ(answers(R"({"op":"validate","kind":"url_without_protocol","text":"a.ir"})"),
            "{\"valid\":true,\"length\":23}\n");
}

TEST(TextCommand, links_everyone_and_no_host_without_a_scheme) {
  EXPECT_EQ(
      answers(R"({"op":"autolink","text":"@Mina a.ir"})"),
      R"({"html":"<p><span class=\"h-card\" translate=\"no\"><a href=\"/@mina\" class=\"u-url mention\">@)"
      R"(<span>Mina</span></a></span> a.ir</p>"})"
      "\n");
}

TEST(TextCommand, a_line_that_can_not_be_answered_gets_an_error_and_the_next_goes_on) {
  const std::string good = R"({"op":"validate","kind":"tweet","text":"a"})";
  for (const std::string bad :
       {"", "{", "[]", "nonsense", R"({"op":"extract"})", R"({"op":"fly","text":"a"})", R"({"text":"a"})",
        R"({"op":"validate","text":"a"})", R"({"op":"validate","kind":"bird","text":"a"})",
        R"({"op":1,"text":"a"})", R"({"op":"extract","text":1})", R"({"op":"extract","text":"\ud800"})",
        "{\"op\":\"extract\",\"text\":\"\xFF\"}"}) {
    const std::string out = answers(bad + "\n" + good + "\n");
    EXPECT_TRUE(out.starts_with("{\"error\":\"")) << bad << " -> " << out;
    EXPECT_TRUE(out.ends_with("\"}\n{\"valid\":true,\"length\":1}\n")) << bad << " -> " << out;
  }
}

TEST(TextCommand, an_absurdly_long_line_is_refused_and_a_long_one_answered) {
  const auto request = [](std::size_t size) {
    return R"({"op":"extract","text":")" + std::string(size, '@') + "\"}\n";
  };
  const std::string out = answers(request(text_line_length_max) + request(text_line_length_max / 2));
  EXPECT_TRUE(out.starts_with("{\"error\":\"line is too long\"}\n{\"mentions\":[]"));
}

TEST(TextCommand, deeply_nested_json_is_refused) {
  EXPECT_TRUE(answers(std::string(100000, '[')).starts_with("{\"error\":"));
}

TEST(TextCommand, no_input_has_no_answers) { EXPECT_EQ(answers(""), ""); }

}  // namespace
}  // namespace hoopoe
