#pragma once

#include <vector>

#include <boost/json.hpp>

#include "api/json_text.h"
#include "app/app.h"
#include "app/notifications.h"
#include "domain/account.h"
#include "store/oauth.h"

// The entities of the Mastodon API (mastodon/documentation, content/en/entities): every documented key is
// there in every answer, null or empty where there is nothing.
namespace hoopoe::api {

json::object account_json(const app::App& app, const Account& account);
// With `source` and `role`: for the one who may act as it.
json::object credential_account_json(const app::App& app, const Account& account, Role role,
                                     std::int64_t follow_requests);
json::object relationship_json(AccountId id, const Relation& relation);
// When a mute ends, null for one that does not.
json::value mute_expiry(const Relation& relation);
JsonText notification_json(const app::App& app, const app::NotificationView& view);
json::object application_json(const store::oauth::Client& client);

JsonText notifications_json(const app::App& app, const std::vector<app::NotificationView>& views);
json::array accounts_json(const app::App& app, const std::vector<Account>& accounts);

// A text of somebody, such as a bio, as HTML with links.
std::string html_of(const app::App& app, std::string_view text);

}  // namespace hoopoe::api
