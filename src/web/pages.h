#pragma once

#include "net/http.h"
#include "net/task.h"
#include "web/context.h"

// Every page, as web/routes.cpp lists them. The context lives until the answer is there. What a page refuses
// is shown by web/errors.
namespace hoopoe::web {

using PageFunction = net::Task<net::Response>(Context&);

// timelines.cpp
PageFunction square;
PageFunction home;
PageFunction tag;
PageFunction exchange;

// profile.cpp
PageFunction profile;
PageFunction profile_with_replies;
PageFunction profile_photos;

// feeds.cpp: the format is what the path ends in
PageFunction square_feed;
PageFunction tag_feed;
PageFunction profile_feed;
PageFunction profile_with_replies_feed;
PageFunction profile_photos_feed;
PageFunction exchange_feed;

// people.cpp
PageFunction followers;
PageFunction following;
PageFunction follow_requests;
PageFunction blocked_accounts;
PageFunction muted_accounts;

// relations.cpp
PageFunction follow;
PageFunction unfollow;
PageFunction remove_follower;
PageFunction accept_follow_request;
PageFunction reject_follow_request;
PageFunction block;
PageFunction unblock;
PageFunction mute;
PageFunction unmute;

// permalink.cpp
PageFunction permalink;
PageFunction find_post;

// cite.cpp
PageFunction cite;
PageFunction cite_as_html;
PageFunction cite_as_json;
PageFunction embed;
PageFunction oembed;

// preview.cpp
PageFunction post_image;

// live.cpp
PageFunction live;
PageFunction live_tag;
PageFunction live_occasion;
PageFunction live_events;
PageFunction live_poll;

// compose.cpp
PageFunction compose;
PageFunction publish;
PageFunction redraft;

// occasion.cpp
PageFunction show_occasion;
PageFunction plan_occasion;

// edit.cpp
PageFunction show_edit;
PageFunction edit;
PageFunction history;

// kept.cpp
PageFunction bookmarks;
PageFunction favourites;

// react.cpp
PageFunction repost;
PageFunction undo_repost;
PageFunction favourite;
PageFunction undo_favourite;
PageFunction show_delete;
PageFunction delete_post;
PageFunction bookmark;
PageFunction undo_bookmark;
PageFunction pin;
PageFunction unpin;
PageFunction mute_conversation;
PageFunction unmute_conversation;
PageFunction hide_reply;
PageFunction unhide_reply;

// notifications.cpp
PageFunction notifications;

// report.cpp
PageFunction show_report;
PageFunction report;

// moderation.cpp
PageFunction moderation;
PageFunction moderation_log;
PageFunction moderation_emails;
PageFunction moderation_of_account;
PageFunction moderation_of_post;

// moderate.cpp
PageFunction moderate_email;
PageFunction moderate_account;
PageFunction moderate_post;
PageFunction close_report;

// sign_up.cpp
PageFunction show_sign_up;
PageFunction sign_up;

// sign_in.cpp
PageFunction show_sign_in;
PageFunction sign_in;
PageFunction sign_out;

// export.cpp
PageFunction export_json;
PageFunction export_html;

// settings.cpp
PageFunction settings;
PageFunction save_profile;
PageFunction change_password;
PageFunction end_session;
PageFunction revoke_app;
PageFunction delete_account;

// authorize.cpp
PageFunction show_authorize;
PageFunction authorize;

// photos.cpp
PageFunction large_photo;
PageFunction small_photo;

// about.cpp
PageFunction about;
PageFunction rules;
PageFunction privacy;
PageFunction bad_line;
PageFunction static_file;
PageFunction favicon;
PageFunction robots;

// rules.cpp
PageFunction moderation_rules;
PageFunction moderate_rules;

// held.cpp
PageFunction held_posts;
PageFunction withdraw_post;
PageFunction moderation_held;
PageFunction moderate_held;

}  // namespace hoopoe::web
