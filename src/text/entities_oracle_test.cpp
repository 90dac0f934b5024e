// The scanners against twitter-text's rules written as regular expressions: slow, and obviously those rules.
#include <algorithm>
#include <functional>
#include <random>
#include <regex>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "text/link_scan.h"
#include "text/name_scan.h"
#include "text/tlds.h"

namespace hoopoe::text {
namespace {

using Spans = std::vector<std::pair<std::size_t, std::size_t>>;
using Match = std::match_results<std::wstring::const_iterator>;

std::u32string points(const std::wstring& text) { return {text.begin(), text.end()}; }

// Calls visit(match, offset of the searched part) for one match after the other, each begun where the last
// ended.
template <class Visit>
void scan(const std::wstring& text, const std::wregex& pattern, Visit visit) {
  std::size_t from = 0;
  Match match;
  while (from <= text.size()) {
    auto flags = std::regex_constants::match_default;
    if (from > 0) flags |= std::regex_constants::match_not_bol;
    if (!std::regex_search(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(), match, pattern,
                           flags))
      return;
    visit(match, from);
    from += static_cast<std::size_t>(match.position() + std::max<std::ptrdiff_t>(match.length(), 1));
  }
}

std::size_t begin_of(const Match& match, std::size_t group, std::size_t from) {
  return from + static_cast<std::size_t>(match.position(group));
}
std::size_t end_of(const Match& match, std::size_t group, std::size_t from) {
  return begin_of(match, group, from) + static_cast<std::size_t>(match.length(group));
}

// Every top-level domain that letters of the alphabet below can spell, longest first.
std::wstring spelled_tlds() {
  std::vector<std::wstring> words = {L""};
  std::vector<std::wstring> tlds = {L"中国"};
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::wstring word = words[i];
    if (!word.empty() && match_tld(points(word)) == word.size()) tlds.push_back(word);
    if (word.size() == 5) continue;
    for (const wchar_t letter : std::wstring_view(L"acomhtps")) words.push_back(word + letter);
  }
  std::ranges::sort(tlds, std::greater{}, &std::wstring::size);
  std::wstring joined;
  for (const std::wstring& tld : tlds) joined += (joined.empty() ? L"" : L"|") + tld;
  return joined;
}

class LinkOracle {
 public:
  Spans find(const std::wstring& text) const {
    Spans links;
    scan(text, link_, [&](const Match& m, std::size_t from) {
      const std::size_t begin = begin_of(m, 2, from);
      const std::size_t end = end_of(m, 2, from);
      if (m[3].matched) return links.push_back({begin, end});
      static const std::wregex refused(L"[-_./é]$");
      if (std::regex_search(m[1].str(), refused)) return;
      const std::size_t host = begin_of(m, 4, from);
      scan(m[4].str(), ascii_host_, [&](const Match& h, std::size_t at) {
        links.push_back({host + begin_of(h, 0, at), host + end_of(h, 0, at)});
        const bool is_last = end_of(h, 0, at) == static_cast<std::size_t>(m.length(4));
        if (is_last && m[5].matched) links.back().second = end;
      });
    });
    return links;
  }

 private:
  std::wstring tld_ = L"(?:(?:" + spelled_tlds() + L")(?=[^0-9A-Za-z@+\\-]|$))";
  std::wstring d_ = L"[a-z0-9é中国م。]";
  std::wstring path_ = L"[a-z0-9éم!*';:=+,.$/%#\\[\\]\\-_~&|@]";
  std::wstring parentheses_ =
      L"\\((?:" + path_ + L"+|" + path_ + L"*\\(" + path_ + L"+\\)" + path_ + L"*)\\)";
  std::wregex link_{L"(^|[^A-Za-z0-9@＠$#＃])((https?://)?((?:(?:" + d_ + L"(?:[_\\-]|" + d_ + L")*)?" + d_ +
                    L"\\.)*(?:(?:" + d_ + L"(?:-|" + d_ + L")*)?" + d_ + L"\\.)" + tld_ +
                    L")(?::[0-9]+)?(/(?:" + path_ + L"*(?:" + parentheses_ + path_ +
                    L"*)*(?:[a-z0-9éم=_#/+\\-]|" + parentheses_ +
                    L"))*)?(\\?[a-z0-9م!?*'();:&=+$/%#\\[\\]\\-_.,~|@]*[a-z0-9م_&=#/\\-])?)"};
  std::wregex ascii_host_{
      L"(?:(?:[a-z0-9é][a-z0-9é_\\-]*)?[a-z0-9é]\\.)*(?:(?:[a-z0-9é][a-z0-9é\\-]*)?[a-z0-9é]\\.)" + tld_};
};

Spans mention_oracle(const std::wstring& text) {
  static const std::wregex pattern(
      L"(^|[^A-Za-z0-9_!#$%&*@＠]|(?:^|[^A-Za-z0-9_+~.\\-])[rR][tT]:?)"
      L"([@＠](?:([a-z0-9_](?:[a-z0-9_.\\-]*[a-z0-9_])?@(?:[a-z0-9](?:[a-z0-9\\-]*[a-z0-9])?\\.)+[a-z][a-z0-"
      L"9\\-]*[a-z0-9]"
      L"(?![a-z0-9]|[.\\-]+[a-z0-9]|[@＠é]|://))|[a-z0-9_]{1,30}(?:/[a-z][a-z0-9_\\-]{0,24})?))");
  static const std::wregex refused(L"^(?:[@＠é]|://)");
  Spans mentions;
  scan(text, pattern, [&](const Match& m, std::size_t from) {
    if (!std::regex_search(m.suffix().str(), refused))
      mentions.push_back({begin_of(m, 2, from), end_of(m, 2, from)});
  });
  return mentions;
}

Spans hashtag_oracle(const std::wstring& text) {
  static const std::wregex pattern(
      L"(^|\uFE0F|[^&a-z0-9_é中国م\u200C\uFE0F])([#＃](?!\uFE0F)[a-z0-9_é中国م\u200C\uFE0F]*[a-zé中国م\uFE0F]"
      L"[a-z0-9_é中国م\u200C\uFE0F]*)");
  static const std::wregex refused(L"^(?:[#＃]|://)");
  Spans tags;
  scan(text, pattern, [&](const Match& m, std::size_t from) {
    if (!std::regex_search(m.suffix().str(), refused))
      tags.push_back({begin_of(m, 2, from), end_of(m, 2, from)});
  });
  return tags;
}

Spans cashtag_oracle(const std::wstring& text) {
  static const std::wregex pattern(
      L"(^|[ \u3000\u202E])(\\$[a-z]{1,6}(?:[._][a-z]{1,2})?)(?=$|[ \u3000]|[!-/:-@\\[-`{-~])");
  Spans tags;
  scan(text, pattern,
       [&](const Match& m, std::size_t from) { tags.push_back({begin_of(m, 2, from), end_of(m, 2, from)}); });
  return tags;
}

template <class Found>
Spans spans(const std::vector<Found>& found) {
  Spans result;
  for (const auto& one : found) result.push_back({one.begin, one.end});
  return result;
}

class Strings {
 public:
  explicit Strings(std::vector<std::wstring> pieces) : pieces_(std::move(pieces)) {}

  std::wstring next() {
    std::wstring text;
    const std::size_t count = 1 + random_() % 14;
    for (std::size_t i = 0; i < count; ++i) text += pieces_[random_() % pieces_.size()];
    return text;
  }

 private:
  std::vector<std::wstring> pieces_;
  std::mt19937 random_{20131001};  // NOLINT(bugprone-random-generator-seed): the same strings each run
};

TEST(EntitiesOracle, links_are_those_of_the_regular_expressions) {
  Strings strings({L"http://", L"https://", L".", L".", L".com", L".co", L".中国", L"com", L"a", L"c",
                   L"7",       L"-",        L"_", L"é", L"中",   L"م",   L"/",     L"?",   L"=", L"(",
                   L")",       L"!",        L":", L"@", L"#",    L" ",   L"+",     L"。"});
  const LinkOracle oracle;
  for (int i = 0; i < 40000; ++i) {
    const std::wstring text = strings.next();
    ASSERT_EQ(spans(find_links(points(text))), oracle.find(text)) << testing::PrintToString(text);
  }
}

TEST(EntitiesOracle, names_are_those_of_the_regular_expressions) {
  Strings strings({L"@", L"@",      L"＠", L"#", L"＃",  L"$",  L"a",   L"rt",   L"7",      L"_",
                   L".", L"-",      L"/",  L":", L"://", L"é",  L"中",  L"م",    L"\u200C", L"\uFE0F",
                   L" ", L"\u3000", L"!",  L"&", L"+",   L"co", L".co", L"@a.co"});
  for (int i = 0; i < 40000; ++i) {
    const std::wstring text = strings.next();
    ASSERT_EQ(spans(find_mentions(points(text))), mention_oracle(text)) << testing::PrintToString(text);
    ASSERT_EQ(spans(find_hashtags(points(text))), hashtag_oracle(text)) << testing::PrintToString(text);
    ASSERT_EQ(spans(find_cashtags(points(text))), cashtag_oracle(text)) << testing::PrintToString(text);
  }
}

}  // namespace
}  // namespace hoopoe::text
