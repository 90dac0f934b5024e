#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/square_test.h"

namespace hoopoe::api {
namespace {

using testing::IsEmpty;
using testing::StartsWith;

// mastodon/documentation, content/en/entities/Instance.md and V1_Instance.md, with what 4.5 adds.
void expect_configuration(const json::value& configuration) {
  EXPECT_THAT(
      differing_keys(configuration,
                     "urls vapid accounts statuses media_attachments polls translation timelines_access "
                     "limited_federation"),
      IsEmpty());
  EXPECT_THAT(differing_keys(configuration.at("statuses"),
                             "max_characters max_media_attachments characters_reserved_per_url"),
              IsEmpty());
  EXPECT_THAT(differing_keys(configuration.at("media_attachments"),
                             "description_limit image_matrix_limit image_size_limit supported_mime_types "
                             "video_frame_rate_limit video_matrix_limit video_size_limit"),
              IsEmpty());
  EXPECT_THAT(differing_keys(configuration.at("polls"),
                             "max_options max_characters_per_option min_expiration max_expiration"),
              IsEmpty());
  EXPECT_THAT(
      differing_keys(configuration.at("accounts"),
                     "max_featured_tags max_pinned_statuses max_profile_fields profile_field_name_limit "
                     "profile_field_value_limit"),
      IsEmpty());
}

TEST(Instance, SecondVersionHasEveryDocumentedKey) {
  ApiSquare square;
  const Reply reply = square.get("/api/v2/instance");
  const json::value instance = reply.json();
  EXPECT_THAT(differing_keys(instance,
                             "domain title version source_url description usage thumbnail icon languages "
                             "configuration registrations api_versions contact rules"),
              IsEmpty());
  expect_configuration(instance.at("configuration"));
  EXPECT_THAT(differing_keys(instance.at("registrations"),
                             "enabled approval_required reason_required message min_age url"),
              IsEmpty());
  EXPECT_THAT(differing_keys(instance.at("thumbnail"), "url blurhash versions description"), IsEmpty());
  EXPECT_THAT(differing_keys(instance.at("contact"), "email account"), IsEmpty());
  EXPECT_EQ(reply.at("/domain"), "square.test");
  EXPECT_EQ(reply.at("/configuration/urls/streaming"), "ws://square.test");
  EXPECT_EQ(reply.at("/configuration/statuses/max_characters"), "140");
  EXPECT_EQ(reply.at("/api_versions/mastodon"), "7");
  EXPECT_THAT(reply.at("/version"), StartsWith("4.5.0 (compatible; Hoopoe "));
}

TEST(Instance, FirstVersionHasEveryDocumentedKey) {
  ApiSquare square;
  const Named jack = square.join("jack");
  square.publish(jack, "hello");
  const Reply reply = square.get("/api/v1/instance");
  const json::value instance = reply.json();
  EXPECT_THAT(
      differing_keys(instance,
                     "uri title short_description description email version urls stats thumbnail languages "
                     "registrations approval_required invites_enabled configuration contact_account rules"),
      IsEmpty());
  expect_configuration(instance.at("configuration"));
  EXPECT_EQ(reply.at("/urls/streaming_api"), "ws://square.test");
  EXPECT_EQ(reply.at("/stats/user_count"), "1");
  EXPECT_EQ(reply.at("/stats/status_count"), "1");
  EXPECT_EQ(reply.at("/stats/domain_count"), "0");
}

TEST(Instance, SaysWhoMaySignUp) {
  struct Case {
    SignUpMode mode;
    const char* enabled;
    const char* approval;
  };
  for (const Case& expected :
       {Case{SignUpMode::open, "true", "false"}, Case{SignUpMode::approval, "true", "true"},
        Case{SignUpMode::invite, "true", "false"}, Case{SignUpMode::closed, "false", "false"}}) {
    ApiSquare square(RateLimits::off, expected.mode);
    const Reply reply = square.get("/api/v2/instance");
    EXPECT_EQ(reply.at("/registrations/enabled"), expected.enabled) << name_of(expected.mode);
    EXPECT_EQ(reply.at("/registrations/approval_required"), expected.approval) << name_of(expected.mode);
    EXPECT_EQ(square.get("/api/v1/instance").at("/registrations"), expected.enabled);
  }
}

TEST(Instance, WhatIsNotThereYetIsAnEmptyList) {
  ApiSquare square;
  EXPECT_EQ(square.get("/api/v1/instance/rules").body, "[]");
  EXPECT_EQ(square.get("/api/v1/custom_emojis").body, "[]");
}

TEST(Instance, IsHealthyWhileItReads) {
  ApiSquare square;
  EXPECT_EQ(square.get("/health").status, 200);
  EXPECT_EQ(square.get("/health").at("/status"), "OK");
}

TEST(Instance, RulesAreThoseThatTheOperatorWroteDown) {
  ApiSquare square;
  square.settings().instance_rules = "Be kind, and brief.\n\nNo spam.";
  const std::string rules =
      R"([{"id":"1","text":"Be kind, and brief.","hint":""},{"id":"2","text":"No spam.","hint":""}])";
  EXPECT_EQ(square.get("/api/v1/instance/rules").body, rules);
  for (const char* target : {"/api/v1/instance", "/api/v2/instance"}) {
    EXPECT_THAT(square.get(target).body, testing::HasSubstr("\"rules\":" + rules)) << target;
  }
}

}  // namespace
}  // namespace hoopoe::api
