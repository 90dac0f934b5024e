#include "domain/posting_rule.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "text/characters.h"
#include "text/entities.h"
#include "text/fold.h"
#include "text/normalize.h"
#include "text/uri.h"
#include "text/utf8.h"

namespace hoopoe {

namespace {

constexpr std::array names{
    std::pair{RuleAct::limit, std::string_view("limit")},
    std::pair{RuleAct::hold, std::string_view("hold")},
    std::pair{RuleAct::refuse, std::string_view("refuse")},
};

constexpr std::chrono::hours age_max{24 * 366};
constexpr int count_max = 100;

// Accents and strokes over, under and through letters (Unicode Blocks.txt, "Combining Diacritical Marks" and
// those after it), with which a word stays the word that people read; after letters of the scripts before
// Hebrew, Latin, Greek and Cyrillic among them, any mark.
bool is_diacritic(char32_t c, char32_t before) {
  constexpr char32_t hebrew = 0x590;
  return (c >= 0x300 && c <= 0x36F) || (c >= 0x1AB0 && c <= 0x1AFF) || (c >= 0x1DC0 && c <= 0x1DFF) ||
         (c >= 0x20D0 && c <= 0x20FF) || (before < hebrew && text::is_mark(c));
}

// Letters with a stroke, or without a dot, that no normal form takes apart.
char32_t plain_letter(char32_t c) {
  switch (c) {
    case U'ı':
      return U'i';
    case U'ø':
      return U'o';
    case U'ł':
      return U'l';
    case U'đ':
      return U'd';
    default:
      return c;
  }
}

// A space, or what stands for one.
bool is_gap(char32_t c) {
  constexpr char32_t braille_blank = 0x2800;
  return text::is_space(c) || c == U'_' || c == braille_blank;
}

// Folded and without accents, with one space for each run of them.
std::u32string words_of(std::string_view text) {
  std::u32string words;
  const std::u32string folded = text::decode_located(text::fold(text)).points;
  for (const char32_t c : text::to_nfkd_casefold(folded)) {
    if (text::is_unseen(c) || is_diacritic(c, words.empty() ? U' ' : words.back())) continue;
    if (!is_gap(c)) {
      words += plain_letter(c);
    } else if (!words.ends_with(U' ')) {
      words += U' ';
    }
  }
  return words;
}

// "*" at an end, and the words between.
struct Phrase {
  std::u32string words;
  bool goes_on_before = false;
  bool goes_on_after = false;
};

Phrase parse_phrase(std::string_view text) {
  Phrase phrase{.words = words_of(text)};
  std::u32string& words = phrase.words;
  phrase.goes_on_before = words.starts_with(U'*');
  phrase.goes_on_after = words.ends_with(U'*');
  if (phrase.goes_on_before) words.erase(0, 1);
  if (phrase.goes_on_after && !words.empty()) words.pop_back();
  const std::size_t begin = words.find_first_not_of(U' ');
  words = begin == std::u32string::npos ? U"" : words.substr(begin, words.find_last_not_of(U' ') + 1 - begin);
  return phrase;
}

// Requires: text begins and ends with a space, the phrase is not empty.
bool holds(const std::u32string& text, const Phrase& phrase) {
  const auto parts = [](char32_t inside, char32_t outside) {
    return !text::is_tag_character(inside) || !text::is_tag_character(outside);
  };
  const std::u32string& words = phrase.words;
  for (std::size_t at = text.find(words); at != std::u32string::npos; at = text.find(words, at + 1)) {
    const bool begins = phrase.goes_on_before || parts(words.front(), text[at - 1]);
    const bool ends = phrase.goes_on_after || parts(words.back(), text[at + words.size()]);
    if (begins && ends) return true;
  }
  return false;
}

// As it is compared: browsers take the full stop of East Asian scripts for a dot (UTS #46).
std::string host_form(std::string_view host) {
  std::u32string points = text::decode_located(text::fold(host)).points;
  std::ranges::replace(points, U'。', U'.');
  while (points.ends_with(U'.')) points.pop_back();
  return text::encode(points);
}

std::string host_of(const text::Entity& link) {
  const std::size_t begin = link.has_scheme ? link.name.find("//") + 2 : 0;
  const std::string_view authority =
      std::string_view(link.name).substr(begin, link.name.find_first_of("/?#", begin) - begin);
  return host_form(authority.substr(0, authority.find(':')));
}

bool is_below(std::string_view host, std::string_view domain) {
  return host == domain || (host.ends_with(domain) && host[host.size() - domain.size() - 1] == '.');
}

bool leads_to(const PostTraits& traits, const std::string& domain) {
  return std::ranges::any_of(
      traits.hosts, [form = host_form(domain)](const std::string& host) { return is_below(host, form); });
}

std::size_t bytes_of(const std::vector<std::string>& list) {
  std::size_t bytes = 0;
  for (const std::string& entry : list) bytes += entry.size() + 1;
  return bytes;
}

bool is_host(const std::string& text) {
  const auto uri = text::parse_uri("http://" + text);
  return uri && uri->host.size() == text.size() && !text.starts_with('.') && !text.ends_with('.') &&
         !text.contains('*');
}

}  // namespace

std::optional<RuleAct> parse_rule_act(std::string_view name) {
  const auto found = std::ranges::find(names, name, &decltype(names)::value_type::second);
  return found == names.end() ? std::nullopt : std::optional(found->first);
}

std::string_view name_of(RuleAct act) {
  return std::ranges::find(names, act, &decltype(names)::value_type::first)->second;
}

std::vector<std::string> parse_rule_list(std::string_view text) {
  std::vector<std::string> list;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(",\r\n"), text.size());
    const std::string_view entry = text.substr(0, end);
    const std::size_t begin = entry.find_first_not_of(" \t");
    if (begin != std::string_view::npos) {
      list.emplace_back(entry.substr(begin, entry.find_last_not_of(" \t") + 1 - begin));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return list;
}

std::optional<std::string> find_fault(const PostingRule& rule) {
  if (rule.words.empty() && rule.hosts.empty() && rule.links == 0 && rule.mentions == 0 &&
      rule.age.count() == 0) {
    return "A rule needs something to go by: words, sites, links, mentions or an age";
  }
  for (const std::string& word : rule.words) {
    if (!text::decode(word)) return "The words are not valid UTF-8";
    const Phrase phrase = parse_phrase(word);
    if (phrase.words.contains(U'*')) return "A * stands at an end of a word: \"" + word + "\"";
    if (phrase.words.empty()) return "\"" + word + "\" would be in every post";
  }
  for (const std::string& host : rule.hosts) {
    if (!is_host(host)) return "\"" + host + "\" is not the name of a site";
  }
  if (bytes_of(rule.words) > rule_list_bytes_max || bytes_of(rule.hosts) > rule_list_bytes_max) {
    return "The list is too long: make two rules";
  }
  if (rule.links < 0 || rule.links > count_max || rule.mentions < 0 || rule.mentions > count_max) {
    return "Links and mentions are counted from 1 to 100";
  }
  if (rule.age.count() < 0 || rule.age > age_max) return "The age is in hours, of a year at most";
  const auto message = text::decode(rule.message);
  if (!message || message->size() > rule_message_characters_max) return "The message is too long";
  return std::nullopt;
}

PostTraits traits_of(const PostWords& post, std::chrono::seconds age) {
  const std::string said = fmt::format("{}\n{}", post.warning, post.text);
  const std::string beside = post.client + "\n" + post.descriptions;
  PostTraits traits{.words = U" " + words_of(said + "\n" + beside) + U" ", .age = age};
  std::set<std::string> named;
  for (const text::Entity& entity : text::find_entities(said)) {
    if (entity.kind == text::EntityKind::link) traits.hosts.push_back(host_of(entity));
    if (entity.kind == text::EntityKind::mention) named.insert(text::fold(entity.name + "@" + entity.domain));
  }
  traits.links = static_cast<int>(traits.hosts.size());
  traits.mentions = static_cast<int>(named.size());
  for (const text::Entity& entity : text::find_entities(beside)) {
    if (entity.kind == text::EntityKind::link) traits.hosts.push_back(host_of(entity));
  }
  return traits;
}

bool is_broken(const PostingRule& rule, const PostTraits& traits) {
  if (traits.links < rule.links || traits.mentions < rule.mentions) return false;
  if (rule.age.count() > 0 && traits.age >= rule.age) return false;
  const auto is_said = [&](const std::string& word) { return holds(traits.words, parse_phrase(word)); };
  if (!rule.words.empty() && std::ranges::none_of(rule.words, is_said)) return false;
  return rule.hosts.empty() ||
         std::ranges::any_of(rule.hosts, [&](const std::string& host) { return leads_to(traits, host); });
}

}  // namespace hoopoe
