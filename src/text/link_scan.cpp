#include "text/link_scan.h"

#include <algorithm>
#include <utility>

#include "text/characters.h"
#include "text/host.h"
#include "text/tlds.h"

namespace hoopoe::text {

namespace {

constexpr std::size_t none = std::u32string_view::npos;

char32_t at_or_zero(std::u32string_view text, std::size_t at) { return at < text.size() ? text[at] : U'\0'; }

bool starts_with_word(std::u32string_view text, std::u32string_view lower_word) {
  return text.size() >= lower_word.size() &&
         std::ranges::equal(text.substr(0, lower_word.size()), lower_word, {}, ascii_lower);
}

// How long "http://" or "https://" is here; 0: neither.
std::size_t scheme_length(std::u32string_view text) {
  for (const std::u32string_view scheme :
       {std::u32string_view(U"http://"), std::u32string_view(U"https://")}) {
    if (starts_with_word(text, scheme)) return scheme.size();
  }
  return 0;
}

using IsLabelCharacter = bool (*)(char32_t);

bool is_any_label_character(char32_t c) { return is_host_character(c) || c == U'-' || c == U'_'; }
bool is_ascii_label_character(char32_t c) {
  return is_ascii_alphanumeric(c) || is_latin_accent(c) || c == U'-' || c == U'_';
}

// A stretch of labels and dots, looked at once, which then says of any start inside it where the longest host
// name from there ends. Asking every start on its own would be quadratic in "a.a.a.a...".
class HostRun {
 public:
  HostRun(std::u32string_view text, std::size_t begin, IsLabelCharacter is_label_character) : text_(text) {
    std::size_t at = begin;
    for (;;) {
      Label label{.begin = at};
      for (; at < text.size() && is_label_character(text[at]); ++at) {
        if (text[at] == U'_') label.last_underscore = at;
      }
      label.end = at;
      labels_.push_back(label);
      if (at_or_zero(text, at) != U'.') break;
      ++at;
    }
    end_ = at;
    for (std::size_t i = labels_.size(); i-- > 0;) labels_[i].host_end = host_end_from(i, labels_[i].begin);
  }

  std::size_t end() const { return end_; }

  // Where the host name that starts at `start` ends; `none` if there is none. Requires: starts only go up.
  std::size_t find_host_end(std::size_t start) {
    while (start > labels_[current_].end) ++current_;
    return host_end_from(current_, start);
  }

 private:
  struct Label {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t last_underscore = none;
    std::size_t host_end = none;  // of the longest host that starts with this label
  };

  // Any number of labels, then one without "_", then a top-level domain; the more labels, the better.
  std::size_t host_end_from(std::size_t i, std::size_t start) const {
    const Label& label = labels_[i];
    if (start >= label.end || i + 1 == labels_.size()) return none;
    if (!is_host_character(text_[start]) || !is_host_character(text_[label.end - 1])) return none;
    const Label& next = labels_[i + 1];
    if (next.host_end != none) return next.host_end;
    if (label.last_underscore != none && label.last_underscore >= start) return none;
    // Asked of all that follows: what comes after the label decides too ("jp@mail.com"), and behind a host in
    // Latin letters the top-level domain may be in any script.
    const std::size_t size = match_tld(text_.substr(next.begin));
    return size == 0 ? none : next.begin + size;
  }

  std::u32string_view text_;
  std::vector<Label> labels_;
  std::size_t end_ = 0;
  std::size_t current_ = 0;
};

std::size_t skip_port(std::u32string_view text, std::size_t at) {
  if (at_or_zero(text, at) != U':') return at;
  std::size_t end = at + 1;
  while (is_ascii_digit(at_or_zero(text, end))) ++end;
  return end == at + 1 ? at : end;
}

std::size_t skip_path_characters(std::u32string_view text, std::size_t at) {
  while (at < text.size() && is_path_character(text[at])) ++at;
  return at;
}

// The end of "(...)" or "(..(...)..)" at `open`; `none` when it is empty, unbalanced or nested deeper.
std::size_t skip_parentheses(std::u32string_view text, std::size_t open) {
  std::size_t at = skip_path_characters(text, open + 1);
  if (at_or_zero(text, at) == U'(') {
    const std::size_t inner = skip_path_characters(text, at + 1);
    if (inner == at + 1 || at_or_zero(text, inner) != U')') return none;
    at = skip_path_characters(text, inner + 1);
  }
  return at > open + 1 && at_or_zero(text, at) == U')' ? at + 1 : none;
}

std::size_t skip_path(std::u32string_view text, std::size_t at) {
  if (at_or_zero(text, at) != U'/') return at;
  std::size_t end = ++at;
  while (at < text.size()) {
    if (text[at] == U'(') {
      at = skip_parentheses(text, at);
      if (at == none) break;
      end = at;
    } else if (is_path_character(text[at])) {
      if (is_path_end(text[at++])) end = at;
    } else {
      break;
    }
  }
  return end;
}

bool is_query_character(char32_t c) {
  return is_ascii_alphanumeric(c) || is_arabic_word_character(c) ||
         (c < 0x80 && std::u32string_view(U"!?*'();:&=+$/%#[]-_.,~|@").contains(c));
}

bool is_query_end(char32_t c) {
  return is_ascii_alphanumeric(c) || is_arabic_word_character(c) ||
         (c < 0x80 && std::u32string_view(U"_&=#/-").contains(c));
}

std::size_t skip_query(std::u32string_view text, std::size_t at) {
  if (at_or_zero(text, at) != U'?') return at;
  std::size_t end = at++;
  for (; at < text.size() && is_query_character(text[at]); ++at) {
    if (is_query_end(text[at])) end = at + 1;
  }
  return end;
}

// t.co links end where their letters do, whatever the sentence glues on; one too long is no link.
std::size_t short_link_end(std::u32string_view text, const FoundLink& link) {
  constexpr std::u32string_view host = U"t.co/";
  const std::size_t host_at = link.begin + scheme_length(text.substr(link.begin));
  if (!starts_with_word(text.substr(host_at, link.end - host_at), host)) return link.end;
  const std::size_t slug = host_at + host.size();
  std::size_t end = slug;
  while (end < link.end && is_ascii_alphanumeric(text[end])) ++end;
  if (end == slug) return link.end;
  return end - slug > short_link_length_max ? none : skip_query(text.substr(0, link.end), end);
}

bool may_precede(char32_t c) {
  return !is_ascii_alphanumeric(c) && !is_at_sign(c) && !is_hash_sign(c) && c != U'$' && !is_forbidden(c);
}

// Before a host without a scheme these mean the tail of something else: a path, a mail address, a longer
// word.
bool may_precede_bare_host(char32_t c) {
  return may_precede(c) && c != U'-' && c != U'_' && c != U'.' && c != U'/' && !is_latin_accent(c);
}

class Scanner {
 public:
  explicit Scanner(std::u32string_view text) : text_(text), run_(text, 0, is_any_label_character) {}

  std::vector<FoundLink> scan() {
    // As in twitter-text, the character before a link is part of the match: it can't be the end of the last
    // one.
    for (std::size_t start = 0; start < text_.size();) {
      const bool may_start = start == 0 || (start > matched_end_ && may_precede(text_[start - 1]));
      if (!may_start || !is_host_character(text_[start]) || !match(start)) ++start;
      start = std::max(start, matched_end_);
    }
    return std::move(links_);
  }

 private:
  bool match(std::size_t start) {
    const std::size_t scheme = scheme_length(text_.substr(start));
    const std::size_t with_scheme = scheme == 0 ? none : host_end(start + scheme);
    if (with_scheme != none) {
      finish(with_scheme);
      add_link({start, matched_end_, true}, start + scheme, with_scheme);
      return true;
    }
    // A scheme without a host: its letters are no host either, for ":" ends them.
    if (scheme != 0) return false;
    const std::size_t bare = host_end(start);
    if (bare == none) return false;
    finish(bare);
    if (start == 0 || may_precede_bare_host(text_[start - 1])) add_bare_hosts(start, bare);
    return true;
  }

  std::size_t host_end(std::size_t start) {
    if (start >= run_.end()) run_ = HostRun(text_, start, is_any_label_character);
    return run_.find_host_end(start);
  }

  void finish(std::size_t host_end) {
    path_begin_ = skip_port(text_, host_end);
    path_end_ = skip_path(text_, path_begin_);
    matched_end_ = skip_query(text_, path_end_);
  }

  void add_link(FoundLink link, std::size_t host, std::size_t host_end) {
    if (link.has_scheme) link.end = short_link_end(text_, link);
    if (link.end == none || !fits_dns(text_.substr(host, host_end - host))) return;
    constexpr std::size_t scheme_to_come = std::u32string_view(U"https://").size();
    if (link.end - link.begin + (link.has_scheme ? 0 : scheme_to_come) > link_length_max) return;
    links_.push_back(link);
  }

  // Without a scheme only hosts in Latin letters are taken, for in CJK text no space parts them from the
  // words around. A path belongs to the last of them.
  void add_bare_hosts(std::size_t begin, std::size_t end) {
    const std::u32string_view text = text_.substr(0, end);
    for (std::size_t at = begin; at < end;) {
      HostRun run(text, at, is_ascii_label_character);
      while (at < run.end()) {
        const std::size_t host_end = run.find_host_end(at);
        if (host_end == none) {
          ++at;
          continue;
        }
        const bool takes_path = host_end == end && path_end_ > path_begin_;
        add_link({at, takes_path ? matched_end_ : host_end, false}, at, host_end);
        at = host_end;
      }
      if (at == run.end()) ++at;
    }
  }

  std::u32string_view text_;
  HostRun run_;
  std::vector<FoundLink> links_;
  std::size_t matched_end_ = 0;
  std::size_t path_begin_ = 0;
  std::size_t path_end_ = 0;
};

}  // namespace

bool is_path_character(char32_t c) {
  if (c < 0x80) return is_ascii_alphanumeric(c) || std::u32string_view(U"!*';:=+,.$/%#[]-_~&|@").contains(c);
  return is_latin_accent(c) || is_cyrillic(c) || is_dash(c) || is_arabic_word_character(c);
}

bool is_path_end(char32_t c) {
  if (c < 0x80) return is_ascii_alphanumeric(c) || std::u32string_view(U"=_#/+-").contains(c);
  return is_latin_accent(c) || is_cyrillic(c) || is_arabic_word_character(c);
}

std::vector<FoundLink> find_links(std::u32string_view text) { return Scanner(text).scan(); }

}  // namespace hoopoe::text
