#include "text/validate.h"

#include <algorithm>
#include <optional>

#include "text/characters.h"
#include "text/entities.h"
#include "text/length.h"
#include "text/utf8.h"

namespace hoopoe::text {

namespace {

constexpr std::size_t none = std::u32string_view::npos;

// The one entity that is the whole text.
std::optional<Entity> whole_entity(std::string_view text, EntityKind kind) {
  const auto entities = find_entities(text);
  if (entities.size() != 1 || entities[0].kind != kind) return std::nullopt;
  if (entities[0].bytes != Range{0, text.size()}) return std::nullopt;
  return entities[0];
}

// RFC 3986, appendix B: "scheme://authority/path?query#fragment", each part still to be looked at.
struct Parts {
  std::u32string_view scheme;
  std::u32string_view authority;
  std::u32string_view path;
  std::u32string_view query;
  std::u32string_view fragment;
};

std::u32string_view take_until(std::u32string_view& rest, std::u32string_view stops) {
  const std::u32string_view taken = rest.substr(0, rest.find_first_of(stops));
  rest.remove_prefix(taken.size());
  return taken;
}

Parts split(std::u32string_view rest) {
  Parts parts;
  const std::size_t colon = rest.find_first_of(U":/?#");
  if (colon != none && colon > 0 && rest.substr(colon).starts_with(U"://")) {
    parts.scheme = rest.substr(0, colon);
    rest.remove_prefix(colon + 3);
  }
  parts.authority = take_until(rest, U"/?#");
  parts.path = take_until(rest, U"?#");
  if (rest.starts_with(U'?')) {
    rest.remove_prefix(1);
    parts.query = take_until(rest, U"#");
  }
  if (rest.starts_with(U'#')) parts.fragment = rest.substr(1);
  return parts;
}

bool is_hex_digit(char32_t c) {
  return is_ascii_digit(c) || (ascii_lower(c) >= U'a' && ascii_lower(c) <= U'f');
}

bool is_unreserved(char32_t c) {
  return is_ascii_alphanumeric(c) || c == U'.' || c == U'_' || c == U'~' || is_dash(c) || is_cyrillic(c) ||
         is_arabic_word_character(c);
}

bool is_sub_delimiter(char32_t c) { return c < 0x80 && std::u32string_view(U"!$&'()*+,;=").contains(c); }

// Unreserved characters, "%41", sub-delimiters, and those of `also`.
bool is_made_of(std::u32string_view text, std::u32string_view also) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == U'%') {
      if (i + 2 >= text.size() || !is_hex_digit(text[i + 1]) || !is_hex_digit(text[i + 2])) return false;
      i += 2;
    } else if (!is_unreserved(text[i]) && !is_sub_delimiter(text[i]) && !also.contains(text[i])) {
      return false;
    }
  }
  return true;
}

// Calls is_good(label, is_last) for what stands between dots, while it holds.
template <class IsGood>
bool all_labels(std::u32string_view host, IsGood is_good) {
  for (;;) {
    const std::size_t dot = host.find(U'.');
    const bool is_last = dot == none;
    if (!is_good(host.substr(0, dot), is_last)) return false;
    if (is_last) return true;
    host.remove_prefix(dot + 1);
  }
}

bool is_ipv4(std::u32string_view host) {
  const auto is_octet = [](std::u32string_view label, bool) {
    if (label.empty() || label.size() > 3 || !std::ranges::all_of(label, is_ascii_digit)) return false;
    if (label.size() > 1 && label[0] == U'0') return false;
    char32_t value = 0;
    for (const char32_t c : label) value = value * 10 + (c - U'0');
    return value <= 255;
  };
  return std::ranges::count(host, U'.') == 3 && all_labels(host, is_octet);
}

bool is_ipv6(std::u32string_view host) {
  if (host.size() < 3 || host.front() != U'[' || host.back() != U']') return false;
  return std::ranges::all_of(host.substr(1, host.size() - 2),
                             [](char32_t c) { return is_hex_digit(c) || c == U':' || c == U'.'; });
}

// At least two labels; "_" in none of the last two, and no digit first in the last.
bool is_domain(std::u32string_view host) {
  const auto is_letter_or_digit = [](char32_t c) { return is_ascii_alphanumeric(c) || c >= 0x80; };
  auto labels_left = std::ranges::count(host, U'.') + 1;
  if (labels_left < 2) return false;
  return all_labels(host, [&](std::u32string_view label, bool is_last) {
    const bool may_have_underscore = labels_left-- > 2;
    if (label.empty() || !is_letter_or_digit(label.front()) || !is_letter_or_digit(label.back()))
      return false;
    if (is_last && is_ascii_digit(label.front())) return false;
    return std::ranges::all_of(label, [&](char32_t c) {
      return is_letter_or_digit(c) || c == U'-' || (c == U'_' && may_have_underscore);
    });
  });
}

bool is_authority(std::u32string_view authority) {
  if (const std::size_t at = authority.find(U'@'); at != none) {
    if (!is_made_of(authority.substr(0, at), U":")) return false;
    authority.remove_prefix(at + 1);
  }
  const std::size_t bracket = authority.find(U']');
  const std::size_t colon = authority.find(U':', bracket == none ? 0 : bracket);
  if (colon != none) {
    const std::u32string_view port = authority.substr(colon + 1);
    if (port.empty() || port.size() > 5 || !std::ranges::all_of(port, is_ascii_digit)) return false;
    authority = authority.substr(0, colon);
  }
  return is_ipv4(authority) || is_ipv6(authority) || is_domain(authority);
}

}  // namespace

bool is_valid_tweet(std::string_view text) {
  const auto length = tweet_length(text);
  return !text.empty() && length && *length <= tweet_length_max;
}

bool is_valid_username(std::string_view text) {
  const auto mention = whole_entity(text, EntityKind::mention);
  return mention && mention->domain.empty() && mention->list_slug.empty();
}

bool is_valid_list(std::string_view text) {
  const auto mention = whole_entity(text, EntityKind::mention);
  return mention && !mention->list_slug.empty();
}

bool is_valid_hashtag(std::string_view text) { return whole_entity(text, EntityKind::hashtag).has_value(); }

bool holds_controls(std::string_view text) {
  return std::ranges::any_of(decode_located(text).points,
                             [](char32_t c) { return is_control(c) && !is_space(c); });
}

bool is_valid_url(std::string_view text, Scheme scheme) {
  const auto points = decode(text);
  if (!points || points->empty() || std::ranges::any_of(*points, is_forbidden)) return false;
  const Parts parts = split(*points);
  const auto is_scheme = [&](std::u32string_view name) {
    return std::ranges::equal(parts.scheme, name, {}, ascii_lower);
  };
  if (!(is_scheme(U"http") || is_scheme(U"https") || (scheme == Scheme::optional && parts.scheme.empty())))
    return false;
  return is_authority(parts.authority) && is_made_of(parts.path, U"/:|@") &&
         is_made_of(parts.query, U"/?:|@") && is_made_of(parts.fragment, U"/?:|@");
}

}  // namespace hoopoe::text
