#include "text/name_scan.h"

#include <algorithm>

#include "text/characters.h"
#include "text/entities.h"
#include "text/host.h"

namespace hoopoe::text {

namespace {

constexpr std::size_t none = std::u32string_view::npos;

char32_t at_or_zero(std::u32string_view text, std::size_t at) { return at < text.size() ? text[at] : U'\0'; }

template <class Is>
std::size_t skip_while(std::u32string_view text, std::size_t at, Is is) {
  while (at < text.size() && is(text[at])) ++at;
  return at;
}

bool is_scheme_tail(std::u32string_view rest) { return rest.starts_with(U"://"); }

// "RT@name" and "rt:@name" mention, though a letter stands before the sign; "support@name" does not.
// `from`: where the last match ended, whose characters can't serve twice.
bool is_after_retweet(std::u32string_view text, std::size_t from, std::size_t at) {
  if (at < from + 2 || ascii_lower(text[at - 1]) != U't' || ascii_lower(text[at - 2]) != U'r') return false;
  if (at == 2) return true;
  const char32_t before = text[at - 3];
  return at >= from + 3 && !is_handle_character(before) && before != U'+' && before != U'~' &&
         before != U'.' && before != U'-';
}

bool may_mention(std::u32string_view text, std::size_t from, std::size_t at) {
  if (at == 0) return true;
  if (at == from) return false;
  const char32_t before = text[at - 1];
  constexpr std::u32string_view signs = U"!#$%&*＠@";
  return (!is_handle_character(before) && !signs.contains(before)) || is_after_retweet(text, from, at);
}

bool ends_mention(std::u32string_view text, std::size_t end) {
  const char32_t next = at_or_zero(text, end);
  return !is_at_sign(next) && !is_latin_accent(next) && !is_scheme_tail(text.substr(end));
}

// "name.of-person@host" after the sign: where the name and where the host end. The host is ASCII (an IDN in
// its "xn--" form): in scripts without case or spaces no rule says where it would end.
FoundName remote_mention_at(std::u32string_view text, std::size_t at) {
  const auto is_name = [](char32_t c) { return is_handle_character(c) || c == U'.' || c == U'-'; };
  const std::size_t name = at + 1;
  const std::size_t name_end = skip_while(text, name, is_name);
  if (at_or_zero(text, name_end) != U'@' || name_end == name) return {};
  if (!is_handle_character(text[name]) || !is_handle_character(text[name_end - 1])) return {};

  const std::size_t host = name_end + 1;
  const auto is_host = [](char32_t c) { return is_ascii_alphanumeric(c) || c == U'-' || c == U'.'; };
  std::size_t end = skip_while(text, host, is_host);
  while (end > host && !is_ascii_alphanumeric(text[end - 1])) --end;
  const std::u32string_view labels = text.substr(host, end - host);
  const std::size_t last_dot = labels.rfind(U'.');
  if (last_dot == none || !is_ascii_letter(labels[last_dot + 1]) || labels.size() - last_dot < 3) return {};
  if (labels.starts_with(U'-') || labels.contains(U".-") || labels.contains(U"-.") || !fits_dns(labels))
    return {};
  return {.begin = at, .name_end = name_end, .end = end, .has_domain = true};
}

std::size_t skip_list_slug(std::u32string_view text, std::size_t at) {
  if (at_or_zero(text, at) != U'/' || !is_ascii_letter(at_or_zero(text, at + 1))) return at;
  const std::u32string_view slug = text.substr(at + 1, list_slug_length_max);
  return at + 1 + skip_while(slug, 0, [](char32_t c) { return is_handle_character(c) || c == U'-'; });
}

bool may_precede_hashtag(std::u32string_view text, std::size_t from, std::size_t at) {
  if (at == 0) return true;
  if (at == from) return false;
  const char32_t before = text[at - 1];
  // Variation selectors are marks, and yet end an emoji and not a word.
  return before == 0xFE0E || before == 0xFE0F || (before != U'&' && !is_tag_character(before));
}

// "$" and one to six letters, then perhaps "." or "_" and one or two; 0: no ticker ends well here.
std::size_t cashtag_end(std::u32string_view text, std::size_t sign) {
  const auto ends = [&](std::size_t end) {
    const char32_t next = at_or_zero(text, end);
    return end >= text.size() || is_space(next) || is_ascii_punctuation(next);
  };
  const std::size_t stem =
      skip_while(text.substr(0, std::min(text.size(), sign + 7)), sign + 1, is_ascii_letter);
  if (stem == sign + 1) return 0;
  if (at_or_zero(text, stem) == U'.' || at_or_zero(text, stem) == U'_') {
    const std::size_t tail_end = std::min(text.size(), stem + 3);
    const std::size_t tail = skip_while(text.substr(0, tail_end), stem + 1, is_ascii_letter);
    if (tail > stem + 1 && ends(tail)) return tail;
  }
  return ends(stem) ? stem : 0;
}

}  // namespace

FoundName mention_at(std::u32string_view text, std::size_t at) {
  const FoundName remote = remote_mention_at(text, at);
  if (remote.end != 0 && ends_mention(text, remote.end)) return remote;
  const std::size_t limit = std::min(text.size(), at + 1 + handle_length_max);
  const std::size_t name_end = skip_while(text.substr(0, limit), at + 1, is_handle_character);
  if (name_end == at + 1) return {.begin = at, .name_end = name_end, .end = name_end, .is_refused = true};
  const std::size_t end = skip_list_slug(text, name_end);
  return {.begin = at, .name_end = name_end, .end = end, .is_refused = !ends_mention(text, end)};
}

std::vector<FoundName> find_mentions(std::u32string_view text) {
  std::vector<FoundName> found;
  std::size_t from = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_at_sign(text[at]) || !may_mention(text, from, at)) continue;
    const FoundName mention = mention_at(text, at);
    if (!mention.is_refused) found.push_back(mention);
    // A name that is refused is spent nevertheless, as in twitter-text.
    if (mention.end > at + 1) from = mention.end;
  }
  return found;
}

std::vector<FoundName> find_hashtags(std::u32string_view text) {
  std::vector<FoundName> found;
  std::size_t from = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_hash_sign(text[at]) || !may_precede_hashtag(text, from, at)) continue;
    // "#" and a variation selector or an enclosing keycap are an emoji.
    const char32_t next = at_or_zero(text, at + 1);
    if (next == 0xFE0F || next == 0x20E3) continue;
    const std::size_t end = skip_while(text, at + 1, is_tag_character);
    const std::u32string_view name = text.substr(at + 1, end - at - 1);
    if (std::ranges::none_of(name, is_tag_letter)) continue;
    from = end;
    if (is_hash_sign(at_or_zero(text, end)) || is_scheme_tail(text.substr(end))) continue;
    found.push_back({.begin = at, .name_end = end, .end = end});
  }
  return found;
}

std::vector<FoundName> find_cashtags(std::u32string_view text) {
  std::vector<FoundName> found;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != U'$') continue;
    if (at > 0 && !is_space(text[at - 1]) && !is_bidi_control(text[at - 1])) continue;
    const std::size_t end = cashtag_end(text, at);
    if (end != 0) found.push_back({.begin = at, .name_end = end, .end = end});
  }
  return found;
}

}  // namespace hoopoe::text
