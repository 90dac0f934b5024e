#include "web/assets.h"

#include <gtest/gtest.h>

namespace hoopoe::web {
namespace {

TEST(AssetsTest, all_templates_load) {
  Values values;
  values.set("TITLE", "Gone").set("TEXT", "Nothing.");
  EXPECT_NE(templates().render("error.html", values).find("<h1>Gone</h1>"), std::string::npos);
}

TEST(AssetsTest, a_file_has_a_version_and_others_are_not_there) {
  ASSERT_NE(find_static_file("hoopoe.js"), nullptr);
  EXPECT_EQ(find_static_file("hoopoe.js")->version.size(), 16U);
  EXPECT_EQ(find_static_file("hoopoe.css"), nullptr);
  EXPECT_EQ(find_static_file("../hoopoe.js"), nullptr);
}

}  // namespace
}  // namespace hoopoe::web
