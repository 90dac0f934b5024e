#pragma once

#include <cstddef>
#include <expected>
#include <string_view>

// How long a post is, in the two ways that people count.
namespace hoopoe::text {

// What every link counts, however long: twitter-text configuration v1 "transformedURLLength" (2013: a t.co
// link with https), and Mastodon's `characters_reserved_per_url`.
constexpr std::size_t link_length = 23;

enum class TextError {
  invalid_utf8,         // bytes that are no text
  forbidden_character,  // U+FFFE, U+FEFF or U+FFFF
  too_long,             // by both counts
};

// As Twitter counted in 2013: code points after NFC, a line break one, each link `link_length`, with or
// without a scheme; mentions and the names that a reply begins with count in full. Fails with the first two
// errors only.
std::expected<std::size_t, TextError> tweet_length(std::string_view text);

// As Mastodon's apps count: grapheme clusters of the content warning and the text; a link with a scheme is
// `link_length`, one without is plain text; "@name@host" counts as "@name". Fails like tweet_length.
std::expected<std::size_t, TextError> app_length(std::string_view warning, std::string_view text);

// Whether EITHER count is within the limit, so that no app shows room that the server then refuses. By
// Twitter's count a content warning is text like the rest.
std::expected<void, TextError> fits(std::string_view text, std::string_view warning, std::size_t limit);

}  // namespace hoopoe::text
