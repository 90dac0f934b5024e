#include <boost/json.hpp>

#include "api/entities.h"
#include "api/handlers.h"
#include "app/keep.h"
#include "app/photos.h"
#include "domain/account.h"
#include "media/picture.h"
#include "store/accounts.h"
#include "text/length.h"

namespace hoopoe::api {

namespace {

// Clients decide by it what to try: the Mastodon release whose calls we answer, then who we are.
constexpr std::string_view version = "4.5.0 (compatible; Hoopoe " HOOPOE_VERSION ")";
constexpr int mastodon_api_version = 7;  // of Mastodon 4.5

// What media/picture.h takes, as apps name it.
json::array photo_types() { return {"image/jpeg", "image/png", "image/gif", "image/webp"}; }

// Videos and polls are not offered: the numbers say so, and apps that ask for these keys find them.
json::object configuration_json(const app::App& app) {
  return {
      {"urls", json::object{{"streaming", "ws" + app.public_url.substr(4)},
                            {"status", nullptr},
                            {"about", app.public_url + "/about"},
                            {"privacy_policy", app.public_url + "/privacy"},
                            {"terms_of_service", nullptr}}},
      {"vapid", json::object{{"public_key", ""}}},
      {"accounts", json::object{{"max_featured_tags", 0},
                                {"max_pinned_statuses", app::pins_max},
                                {"max_profile_fields", profile_fields_max},
                                {"profile_field_name_limit", profile_field_characters_max},
                                {"profile_field_value_limit", profile_field_characters_max}}},
      {"statuses", json::object{{"max_characters", app.settings.posts_characters_max},
                                {"max_media_attachments", photos_per_post_max},
                                {"characters_reserved_per_url", text::link_length}}},
      {"media_attachments", json::object{{"description_limit", photo_description_characters_max},
                                         {"image_matrix_limit", media::pixels_max},
                                         {"image_size_limit", app::photo_bytes_max},
                                         {"supported_mime_types", photo_types()},
                                         {"video_frame_rate_limit", 0},
                                         {"video_matrix_limit", 0},
                                         {"video_size_limit", 0}}},
      {"polls", json::object{{"max_options", 0},
                             {"max_characters_per_option", 0},
                             {"min_expiration", 300},
                             {"max_expiration", 2629746}}},
      {"translation", json::object{{"enabled", false}}},
      {"timelines_access",
       json::object{{"live_feeds", json::object{{"local", "public"}, {"remote", "public"}}},
                    {"hashtag_feeds", json::object{{"local", "public"}, {"remote", "public"}}},
                    {"trending_link_feeds", json::object{{"local", "disabled"}, {"remote", "disabled"}}}}},
      {"limited_federation", true},
  };
}

json::array languages(const app::App& app) {
  json::array array;
  for (const std::string& language : app.settings.instance_languages) array.push_back(json::value(language));
  return array;
}

json::array rules(const app::App& app) {
  json::array array;
  for (const std::string& rule : rules_of(app.settings)) {
    array.push_back(json::object{{"id", std::to_string(array.size() + 1)}, {"text", rule}, {"hint", ""}});
  }
  return array;
}

store::accounts::Totals totals(const Call& call) {
  return call.app.db.read([](store::Read& read) { return store::accounts::totals(read); });
}

bool takes_sign_ups(const app::App& app) { return app.sign_up_mode != SignUpMode::closed; }
bool approves_sign_ups(const app::App& app) { return app.sign_up_mode == SignUpMode::approval; }

}  // namespace

Answer instance_v2(Call& call) {
  const app::App& app = call.app;
  co_return answer(json::object{
      {"domain", app.host},
      {"title", app.settings.instance_title},
      {"version", version},
      {"source_url", app.public_url + "/about"},
      {"description", app.settings.instance_description},
      {"usage", json::object{{"users", json::object{{"active_month", totals(call).accounts}}}}},
      {"thumbnail", json::object{{"url", app.public_url + "/static/header.png"},
                                 {"blurhash", nullptr},
                                 {"versions", json::object{}},
                                 {"description", ""}}},
      {"icon", json::array{}},
      {"languages", languages(app)},
      {"configuration", configuration_json(app)},
      {"registrations", json::object{{"enabled", takes_sign_ups(app)},
                                     {"approval_required", approves_sign_ups(app)},
                                     {"reason_required", approves_sign_ups(app)},
                                     {"message", nullptr},
                                     {"min_age", nullptr},
                                     {"url", nullptr}}},
      {"api_versions", json::object{{"mastodon", mastodon_api_version}}},
      {"contact", json::object{{"email", app.settings.instance_contact_email}, {"account", nullptr}}},
      {"rules", rules(app)},
  });
}

Answer instance_v1(Call& call) {
  const app::App& app = call.app;
  const auto totals_now = totals(call);
  co_return answer(json::object{
      {"uri", app.host},
      {"title", app.settings.instance_title},
      {"short_description", app.settings.instance_description},
      {"description", app.settings.instance_description},
      {"email", app.settings.instance_contact_email},
      {"version", version},
      {"urls", json::object{{"streaming_api", "ws" + app.public_url.substr(4)}}},
      {"stats",
       json::object{
           {"user_count", totals_now.accounts}, {"status_count", totals_now.posts}, {"domain_count", 0}}},
      {"thumbnail", app.public_url + "/static/header.png"},
      {"languages", languages(app)},
      {"registrations", takes_sign_ups(app)},
      {"approval_required", approves_sign_ups(app)},
      {"invites_enabled", app.sign_up_mode == SignUpMode::invite},
      {"configuration", configuration_json(app)},
      {"contact_account", nullptr},
      {"rules", rules(app)},
  });
}

Answer instance_rules(Call& call) { co_return answer(rules(call.app)); }
Answer custom_emojis(Call&) { co_return answer(json::array{}); }

Answer health(Call& call) {
  // It is healthy when it can read.
  totals(call);
  co_return answer(json::object{{"status", "OK"}});
}

}  // namespace hoopoe::api
