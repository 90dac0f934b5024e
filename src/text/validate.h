#pragma once

#include <cstddef>
#include <string_view>

// Whether the whole of a text is one thing, as twitter-text's validation has it.
namespace hoopoe::text {

constexpr std::size_t tweet_length_max = 140;  // twitter-text configuration v1 "maxWeightedTweetLength"

// Not empty, at most tweet_length_max by tweet_length, no forbidden character, valid UTF-8.
bool is_valid_tweet(std::string_view text);
// "@name", a handle of this server.
bool is_valid_username(std::string_view text);
// "@name/list".
bool is_valid_list(std::string_view text);
// "#tag".
bool is_valid_hashtag(std::string_view text);

// Whether it holds characters that a terminal or a parser might obey and a reader never sees. Spaces and line
// breaks are none of them.
bool holds_controls(std::string_view text);

enum class Scheme { required, optional };

// An address by RFC 3986, with "http" or "https" where there is a scheme, and with letters beyond ASCII in
// host and path. Of the host it asks the form only, not whether its top-level domain exists.
bool is_valid_url(std::string_view text, Scheme scheme = Scheme::required);

}  // namespace hoopoe::text
