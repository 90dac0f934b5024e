#include "text/entities.h"

#include <gtest/gtest.h>

namespace hoopoe::text {
namespace {

TEST(Entities, know_their_bytes_and_their_code_points) {
  const std::string text = "سلام @mina، #می‌خواهم https://example.ir/آ $OIL";
  const auto entities = find_entities(text);
  ASSERT_EQ(entities.size(), 4);
  EXPECT_EQ(entities[0].kind, EntityKind::mention);
  EXPECT_EQ(entities[0].name, "mina");
  EXPECT_EQ(entities[0].bytes, (Range{9, 14}));
  EXPECT_EQ(entities[0].code_points, (Range{5, 10}));
  EXPECT_EQ(entities[1].kind, EntityKind::hashtag);
  EXPECT_EQ(entities[1].name, "می‌خواهم");
  EXPECT_EQ(entities[1].code_points, (Range{12, 21}));
  EXPECT_EQ(entities[2].kind, EntityKind::link);
  EXPECT_EQ(entities[2].name, "https://example.ir/آ");
  EXPECT_TRUE(entities[2].has_scheme);
  EXPECT_EQ(entities[3].kind, EntityKind::cashtag);
  EXPECT_EQ(entities[3].name, "OIL");
  for (const Entity& entity : entities) {
    EXPECT_TRUE(text.substr(entity.bytes.begin, entity.bytes.size()).ends_with(entity.name));
  }
}

TEST(Entities, a_remote_mention_keeps_name_and_host_apart) {
  const auto entities = find_entities("@mina.r@example.org");
  ASSERT_EQ(entities.size(), 1);
  EXPECT_EQ(entities[0].name, "mina.r");
  EXPECT_EQ(entities[0].domain, "example.org");
  EXPECT_EQ(entities[0].list_slug, "");
}

TEST(Entities, a_list_keeps_its_slug) {
  const auto entities = find_entities("@mina/poets");
  ASSERT_EQ(entities.size(), 1);
  EXPECT_EQ(entities[0].name, "mina");
  EXPECT_EQ(entities[0].list_slug, "/poets");
}

TEST(Entities, whatever_begins_first_has_the_characters) {
  const auto entities = find_entities("https://example.org/@mina/#tag @bob@example.net");
  ASSERT_EQ(entities.size(), 2);
  EXPECT_EQ(entities[0].name, "https://example.org/@mina/#tag");
  EXPECT_EQ(entities[1].domain, "example.net");
}

TEST(Entities, hosts_without_a_scheme_can_be_left_as_text) {
  EXPECT_EQ(find_entities("example.org").size(), 1);
  EXPECT_FALSE(find_entities("example.org")[0].has_scheme);
  EXPECT_TRUE(find_entities("example.org", BareHosts::are_text).empty());
}

TEST(Entities, broken_bytes_belong_to_none) {
  const auto entities = find_entities("#a\xFF#b http://example.com/\xFF @mi\xC3");
  ASSERT_EQ(entities.size(), 4);
  EXPECT_EQ(entities[0].bytes, (Range{0, 2}));
  EXPECT_EQ(entities[1].name, "b");
  EXPECT_EQ(entities[2].name, "http://example.com/");
  EXPECT_EQ(entities[3].name, "mi");
}

TEST(Entities, a_reply_begins_with_a_name_after_spaces_and_marks_only) {
  EXPECT_EQ(find_reply_name("@mina hello"), "mina");
  EXPECT_EQ(find_reply_name(" \u3000\u200F@mina"), "mina");
  EXPECT_EQ(find_reply_name("@mina@example.org hi"), "mina");
  for (const char* text : {"", "hi @mina", ".@mina", "@", "@http://a", "@é", "\xFF@mina"}) {
    EXPECT_EQ(find_reply_name(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace hoopoe::text
