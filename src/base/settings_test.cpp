#include "base/settings.h"

#include <fstream>

#include <gtest/gtest.h>

#include "base/refusal.h"

namespace hoopoe {
namespace {

std::string refusal_of(std::string_view assignment) {
  Settings settings;
  try {
    apply_setting(settings, assignment);
  } catch (const Refusal& refusal) {
    return refusal.what();
  }
  return "";
}

TEST(Settings, have_defaults_that_need_no_configuration) {
  const Settings settings;
  EXPECT_EQ(settings.posts_characters_max, 140);
  EXPECT_FALSE(settings.outgoing_allow_private_addresses);
  EXPECT_TRUE(settings.rate_limits_enabled);
}

TEST(Settings, are_set_by_name) {
  Settings settings;
  apply_setting(settings, "posts.characters_max=280");
  apply_setting(settings, "rate_limits.enabled=false");
  apply_setting(settings, "other_hosts=a.onion,b.example");
  apply_setting(settings, "public_url=https://square.example");
  EXPECT_EQ(settings.posts_characters_max, 280);
  EXPECT_FALSE(settings.rate_limits_enabled);
  EXPECT_EQ(settings.other_hosts, (std::vector<std::string>{"a.onion", "b.example"}));
  EXPECT_EQ(settings.public_url, "https://square.example");
}

TEST(Settings, that_make_no_sense_are_refused_by_name) {
  EXPECT_NE(refusal_of("posts.characters=280").find("no setting named posts.characters"), std::string::npos);
  EXPECT_NE(refusal_of("posts.characters_max=many").find("whole number"), std::string::npos);
  EXPECT_NE(refusal_of("posts.characters_max=0").find("1 to 10000"), std::string::npos);
  EXPECT_NE(refusal_of("homes.megabytes_max=0").find("1 to 100000"), std::string::npos);
  EXPECT_NE(refusal_of("rate_limits.enabled=yes").find("true or false"), std::string::npos);
  EXPECT_NE(refusal_of("public_url=square.example").find("https://"), std::string::npos);
  EXPECT_NE(refusal_of("public_url=https://square.example/").find("nothing after"), std::string::npos);
  EXPECT_NE(refusal_of("other_hosts=[\"a.onion\"]").find("neither brackets"), std::string::npos);
  EXPECT_NE(refusal_of("other_hosts=http://a.onion").find("host names alone"), std::string::npos);
  EXPECT_NE(refusal_of("sign_up.mode=maybe").find("approval"), std::string::npos);
  EXPECT_NE(refusal_of("rate_limits.enabled").find("NAME=VALUE"), std::string::npos);
}

class SettingsFile : public testing::Test {
 protected:
  std::string write(const std::string& text) {
    const std::string path = testing::TempDir() + "hoopoe-settings-test.toml";
    std::ofstream(path) << text;
    return path;
  }
};

TEST_F(SettingsFile, sets_tables_lists_and_values) {
  Settings settings;
  load_settings_file(settings, write("public_url = \"https://square.example\"\n"
                                     "trusted_proxies = [\"127.0.0.1\", \"10.0.0.0/8\"]\n"
                                     "[posts]\ncharacters_max = 280\n[rate_limits]\nenabled = false\n"));
  EXPECT_EQ(settings.public_url, "https://square.example");
  EXPECT_EQ(settings.trusted_proxies, (std::vector<std::string>{"127.0.0.1", "10.0.0.0/8"}));
  EXPECT_EQ(settings.posts_characters_max, 280);
  EXPECT_FALSE(settings.rate_limits_enabled);
}

TEST_F(SettingsFile, says_in_which_line_it_is_wrong) {
  Settings settings;
  for (const char* wrong : {"characters_max = = 3", "characters_max = 0", "characters = 3"}) {
    const std::string path = write("[posts]\n" + std::string(wrong) + "\n");
    try {
      load_settings_file(settings, path);
      FAIL() << "it was taken: " << wrong;
    } catch (const Refusal& refusal) {
      EXPECT_NE(std::string(refusal.what()).find(path + ", line 2: "), std::string::npos) << refusal.what();
    }
  }
}

TEST_F(SettingsFile, that_is_not_there_is_refused) {
  Settings settings;
  EXPECT_THROW(load_settings_file(settings, "/nonexistent/hoopoe.toml"), Refusal);
}

TEST_F(SettingsFile, made_of_the_listed_defaults_changes_nothing) {
  std::string text;
  const Settings defaults;
  for (const SettingRow& row : setting_rows())
    text += std::string(row.name) + " = " + row.show(defaults) + "\n";
  Settings settings;
  load_settings_file(settings, write(text));
  for (const SettingRow& row : setting_rows()) EXPECT_EQ(row.show(settings), row.show(defaults)) << row.name;
}

TEST(Settings, rules_are_lines_and_empty_ones_are_none) {
  Settings settings;
  EXPECT_TRUE(rules_of(settings).empty());
  settings.instance_rules = "Be kind, and brief.\r\n\r\n  No spam. \n";
  EXPECT_EQ(rules_of(settings), (std::vector<std::string>{"Be kind, and brief.", "No spam."}));
}

}  // namespace
}  // namespace hoopoe
