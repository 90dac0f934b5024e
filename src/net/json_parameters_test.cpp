#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/refusal.h"
#include "net/parameters.h"

namespace hoopoe::net {
namespace {

using testing::ElementsAre;

Parameters read(std::string_view json) {
  Parameters parameters;
  read_json(json, parameters);
  return parameters;
}

TEST(JsonParameters, AreNamedAsAFormNamesThem) {
  const auto parameters = read(R"({
    "status": "Hello \u00e9", "sensitive": false, "expires_in": 86400, "focus": 0.5,
    "poll": {"options": ["tea", "coffee"], "multiple": true},
    "subscription": {"keys": {"auth": "x"}}})");
  EXPECT_EQ(parameters.get("status"), "Hello \xc3\xa9");
  EXPECT_EQ(parameters.flag("sensitive"), false);
  EXPECT_EQ(parameters.integer("expires_in"), 86400);
  EXPECT_EQ(parameters.get("focus"), "0.5");
  EXPECT_THAT(parameters.all("poll[options]"), ElementsAre("tea", "coffee"));
  EXPECT_EQ(parameters.get("poll[multiple]"), "true");
  EXPECT_EQ(parameters.get("subscription[keys][auth]"), "x");
}

TEST(JsonParameters, NullIsAbsentAndAnEmptyListIsThere) {
  const auto parameters = read(R"({"in_reply_to_id": null, "media_ids": [], "text": ""})");
  EXPECT_FALSE(parameters.has("in_reply_to_id"));
  EXPECT_TRUE(parameters.has("media_ids"));
  EXPECT_TRUE(parameters.all("media_ids").empty());
  EXPECT_TRUE(parameters.has("text"));
}

TEST(JsonParameters, RefusesWhatIsNoPlainObjectOfText) {
  for (const auto* json :
       {"", "{", "[]", "3", "{} x", R"({"a": "\u0000"})", R"({"a": "\ud800"})", "{\"a\": \"\xff\"}",
        R"({"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}}})"}) {
    EXPECT_THROW(read(json), Refusal) << json;
  }
}

TEST(JsonParameters, ALongNameIsNotMultipliedByWhatItHolds) {
  std::string json = "{\"" + std::string(100'000, 'k') + "\": [";
  for (int i = 0; i < 10'000; ++i) json += "{},";
  EXPECT_THROW(read(json + "{}]}"), Refusal);
}

}  // namespace
}  // namespace hoopoe::net
