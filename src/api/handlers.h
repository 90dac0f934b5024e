#pragma once

#include "api/call.h"
#include "domain/photo.h"

// The calls of the API, as api/routes.cpp lists them; each file of their names answers a part.
namespace hoopoe::api {

using Answer = net::Task<net::Response>;

// oauth.cpp
Answer register_app(Call& call);
Answer verify_app(Call& call);
Answer issue_token(Call& call);
Answer revoke_token(Call& call);
Answer oauth_metadata(Call& call);
Answer user_info(Call& call);

// instance.cpp
Answer instance_v1(Call& call);
Answer instance_v2(Call& call);
Answer instance_rules(Call& call);
Answer custom_emojis(Call& call);
Answer health(Call& call);

// accounts.cpp
Answer sign_up(Call& call);
Answer verify_credentials(Call& call);
Answer update_credentials(Call& call);
Answer preferences(Call& call);
Answer account(Call& call);
Answer accounts_by_ids(Call& call);
Answer lookup_account(Call& call);
Answer search_accounts(Call& call);

// reports.cpp
Answer report(Call& call);

// relations.cpp
Answer relationships(Call& call);
Answer followers(Call& call);
Answer following(Call& call);
Answer follow(Call& call);
Answer unfollow(Call& call);
Answer remove_from_followers(Call& call);
Answer follow_requests(Call& call);
Answer authorize_follow_request(Call& call);
Answer reject_follow_request(Call& call);
Answer block(Call& call);
Answer unblock(Call& call);
Answer blocks(Call& call);
Answer mute(Call& call);
Answer unmute(Call& call);
Answer mutes(Call& call);

// statuses.cpp
Answer create_status(Call& call);
Answer status(Call& call);
Answer statuses_by_ids(Call& call);
Answer delete_status(Call& call);
Answer edit_status(Call& call);
Answer status_history(Call& call);
Answer status_source(Call& call);
Answer bookmark(Call& call);
Answer unbookmark(Call& call);
Answer mute_status(Call& call);
Answer unmute_status(Call& call);
Answer pin(Call& call);
Answer unpin(Call& call);
Answer status_context(Call& call);
Answer favourite(Call& call);
Answer unfavourite(Call& call);
Answer reblog(Call& call);
Answer unreblog(Call& call);
Answer reblogged_by(Call& call);
Answer favourited_by(Call& call);

// photos.cpp
Answer create_media(Call& call);
Answer media(Call& call);
Answer update_media(Call& call);
Answer delete_media(Call& call);
// A photo with the words that were sent with it.
ChosenPhoto chosen_photo(PhotoId id, const net::Parameters& parameters);

// timelines.cpp
Answer home_timeline(Call& call);
Answer public_timeline(Call& call);
Answer tag_timeline(Call& call);
Answer account_statuses(Call& call);
Answer bookmarks(Call& call);
Answer favourites(Call& call);

// notifications.cpp
Answer notifications(Call& call);
Answer notification(Call& call);
Answer dismiss_notification(Call& call);
Answer clear_notifications(Call& call);
Answer unread_count(Call& call);
Answer markers(Call& call);
Answer set_markers(Call& call);

// streaming.cpp
Answer streaming_health(Call& call);
Answer streaming(Call& call);

}  // namespace hoopoe::api
