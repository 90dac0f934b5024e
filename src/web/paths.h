#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/account.h"
#include "domain/ids.h"

// Where things are on this site. All links of the pages start at the root, so that they work under any host.
namespace hoopoe::web {

std::string path_of(const Account& account);                          // "/@jack"
std::string path_of(const Account& author, PostId post);              // "/@jack/20"
std::string occasion_path(const Account& holder, PostId summary);     // "/@jack/20/live"
std::string exchange_path(const Account& one, const Account& other);  // "/@jack/with/@HassanRouhani"
std::string tag_path(std::string_view tag);                           // "/tags/%D8%A2%D8%A8"
std::string with_return(std::string_view path, std::string_view return_to);

// Whether a host name, with or without a port, is one of Tor's.
bool is_onion(std::string_view host);

// The text if it is a path of this site and nothing else: no other host ("//evil", "/\evil"), no scheme, no
// control character. Else the fallback.
std::string local_path(std::string_view text, std::string_view fallback);

using Query = std::vector<std::pair<std::string_view, std::string>>;
// The address with these added to its query; what it has stays, also its fragment.
std::string with_query(std::string_view address, const Query& query);

// What a form has to be allowed to lead to for a redirect there (CSP form-action): the origin of a web
// address, the scheme of any other. Empty when it has neither in a form that a policy can hold.
std::string policy_source(std::string_view redirect_uri);

}  // namespace hoopoe::web
