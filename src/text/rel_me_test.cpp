#include "text/rel_me.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hoopoe::text {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(RelMe, finds_links_that_say_who_one_is_elsewhere) {
  EXPECT_THAT(
      rel_me_links(
          "<!doctype html><head><link rel=me href='https://a.example/@x'></head>"
          "<p>hi <a class=u rel=\"nofollow  ME noopener\" href=\"https://b.example/?a=1&amp;b=2\">b</a>"
          "<div><div><a href=https://c.example/ rel=me>c</a></div></div>"),
      ElementsAre("https://a.example/@x", "https://b.example/?a=1&b=2", "https://c.example/"));
}

TEST(RelMe, takes_no_other_link_for_one) {
  EXPECT_THAT(rel_me_links("<a rel=\"home\" href=\"/\">me</a> <a href=\"/me\">me</a> <area rel=me href=x>"
                           "<!-- <a rel=me href=/> --> <p rel=me> <a rel=meat href=/>"
                           "<script>'<a rel=me href=/>'</script><textarea>&lt;a rel=me></textarea>"),
              IsEmpty());
}

TEST(RelMe, reads_any_bytes) {
  EXPECT_THAT(rel_me_links(""), IsEmpty());
  EXPECT_THAT(rel_me_links("\xff\xfe<a rel"), IsEmpty());
  std::string deep;
  for (int i = 0; i < 20'000; ++i) deep += "<div>";
  EXPECT_THAT(rel_me_links(deep + "<a rel=me href=x>"), testing::SizeIs(testing::Le(1U)));
  EXPECT_THAT(rel_me_links("<a rel=me href='سلام'>"), ElementsAre("سلام"));
}

}  // namespace
}  // namespace hoopoe::text
