#pragma once

#include <string>
#include <string_view>

#include "app/conversation.h"
#include "base/refusal.h"
#include "domain/account.h"
#include "domain/visibility.h"

// What the pages say that is not in their templates.
namespace hoopoe::web {

namespace words {
inline constexpr std::string_view not_found =
    "There is nothing at this address, or it is not yours to see. Perhaps it was deleted, or a letter of the "
    "address went missing on the way.";
inline constexpr std::string_view not_found_in_persian =
    "در این نشانی چیزی نیست، یا برای دیدن شما نیست. شاید پاک شده باشد، یا حرفی از نشانی در راه افتاده باشد.";
inline constexpr std::string_view method_not_allowed =
    "This address is there, but not for what was asked of it.";
inline constexpr std::string_view our_fault =
    "Something broke on our side. It has been written down; please try again in a moment.";
}  // namespace words

// "Nothing here", for 404.
std::string_view title_of_error(int status);
std::string_view persian_title_of_error(int status);

// "Jack (@jack)"; "@jack and @HassanRouhani".
std::string title_of(const Account& account);
std::string title_of_exchange(const Account& one, const Account& other);

// What is shown of a post where there is no room for a warning and what it hides: the warning, else the
// words, else what photos it shows.
std::string headline_of(const PostCard& post);

// How much of a conversation a page shows, so that it is never silently short: "19 replies"; "17 of 19
// replies shown, 2 hidden by the author they reply to"; "Replies 41 to 80 of 120".
std::string describe_replies(const app::ConversationPart& part);

// "Followers only"; "" for what everyone may read.
std::string_view describe_visibility(Visibility visibility);

// "This e-mail address has already been taken.", of a detail of a refused form.
std::string sentence(const Refusal::Detail& detail);

// What an app may do with an OAuth scope, as the end of "It wants to ...".
std::string describe_scope(std::string_view scope);

// "Firefox on Linux", as well as a User-Agent tells.
std::string describe_browser(std::string_view user_agent);

// "Persian", of an ISO 639 code; the code itself for a language without a name here.
std::string_view name_of_language(std::string_view code);

}  // namespace hoopoe::web
