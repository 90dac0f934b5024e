#pragma once

#include <string>
#include <string_view>

#include "api/routes.h"

// For tests of what is true of every route.
namespace hoopoe::api {

// The pattern with something in the place of each capture.
inline std::string filled(std::string_view pattern, std::string_view id) {
  std::string path;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != ':') {
      path += pattern[i];
      continue;
    }
    path += id;
    while (i + 1 < pattern.size() && pattern[i + 1] != '/') ++i;
  }
  return path;
}

inline std::string described(const Route& route) {
  return std::string(net::name(route.method)) + " " + std::string(route.pattern);
}

// Every name that a handler reads.
inline constexpr std::string_view parameter_names[] = {"id",
                                                       "id[]",
                                                       "ids",
                                                       "limit",
                                                       "max_id",
                                                       "since_id",
                                                       "min_id",
                                                       "status",
                                                       "spoiler_text",
                                                       "sensitive",
                                                       "visibility",
                                                       "language",
                                                       "in_reply_to_id",
                                                       "media_ids",
                                                       "poll[options]",
                                                       "scheduled_at",
                                                       "display_name",
                                                       "note",
                                                       "locked",
                                                       "bot",
                                                       "discoverable",
                                                       "source[privacy]",
                                                       "source[sensitive]",
                                                       "source[language]",
                                                       "fields_attributes[0][name]",
                                                       "fields_attributes[0][value]",
                                                       "fields_attributes[][name]",
                                                       "acct",
                                                       "q",
                                                       "resolve",
                                                       "following",
                                                       "types",
                                                       "types[]",
                                                       "exclude_types[]",
                                                       "account_id",
                                                       "reblogs",
                                                       "notify",
                                                       "exclude_replies",
                                                       "exclude_reblogs",
                                                       "only_media",
                                                       "pinned",
                                                       "tagged",
                                                       "remote",
                                                       "local",
                                                       "client_name",
                                                       "redirect_uris",
                                                       "redirect_uris[]",
                                                       "scopes",
                                                       "scope",
                                                       "website",
                                                       "grant_type",
                                                       "client_id",
                                                       "client_secret",
                                                       "code",
                                                       "redirect_uri",
                                                       "code_verifier",
                                                       "token",
                                                       "username",
                                                       "email",
                                                       "password",
                                                       "agreement",
                                                       "locale",
                                                       "reason",
                                                       "invite_code",
                                                       "stream",
                                                       "tag",
                                                       "list",
                                                       "access_token",
                                                       "notifications",
                                                       "duration",
                                                       "timeline",
                                                       "timeline[]",
                                                       "home[last_read_id]",
                                                       "notifications[last_read_id]",
                                                       "category",
                                                       "comment",
                                                       "status_ids[]",
                                                       "after"};

}  // namespace hoopoe::api
