#include "tests/support/html_tags.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace hoopoe::tests {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }
bool is_space(char c) { return std::string_view(" \t\n\r\f").contains(c); }

std::string lowered(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), lower);
  return out;
}

std::string unescaped(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, char>, 6> names{
      {{"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}, {"&#x27;", '\''}, {"&amp;", '&'}}};
  std::string out;
  while (!text.empty()) {
    const auto name =
        std::ranges::find_if(names, [&](const auto& pair) { return text.starts_with(pair.first); });
    out += name == names.end() ? text.front() : name->second;
    text.remove_prefix(name == names.end() ? 1 : name->first.size());
  }
  return out;
}

// Takes characters off the front of `rest` while they are such.
template <class Predicate>
std::string_view take_while(std::string_view& rest, Predicate is_such) {
  const auto end = std::ranges::find_if_not(rest, is_such);
  const std::string_view taken = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
  rest.remove_prefix(taken.size());
  return taken;
}

std::string take_value(std::string_view& rest) {
  take_while(rest, is_space);
  if (rest.empty()) return "";
  const char quote = rest.front();
  if (quote != '"' && quote != '\'') {
    return unescaped(take_while(rest, [](char c) { return !is_space(c) && c != '>'; }));
  }
  rest.remove_prefix(1);
  const std::string_view value = take_while(rest, [quote](char c) { return c != quote; });
  rest.remove_prefix(std::min<std::size_t>(1, rest.size()));
  return unescaped(value);
}

// From behind "<" to behind ">".
HtmlTag take_tag(std::string_view& rest) {
  const auto ends_name = [](char c) { return is_space(c) || c == '/' || c == '>' || c == '='; };
  HtmlTag tag;
  if (rest.starts_with('/')) {
    tag.name = "/";
    rest.remove_prefix(1);
  }
  tag.name += lowered(take_while(rest, [](char c) { return !is_space(c) && c != '/' && c != '>'; }));
  while (!rest.empty() && rest.front() != '>') {
    take_while(rest, [](char c) { return is_space(c) || c == '/' || c == '='; });
    const std::string name = lowered(take_while(rest, [&](char c) { return !ends_name(c); }));
    take_while(rest, is_space);
    if (name.empty()) continue;
    const bool has_value = rest.starts_with('=');
    if (has_value) rest.remove_prefix(1);
    tag.attributes.emplace_back(name, has_value ? take_value(rest) : "");
  }
  rest.remove_prefix(std::min<std::size_t>(1, rest.size()));
  return tag;
}

bool holds_text_alone(std::string_view name) {
  return name == "script" || name == "style" || name == "title" || name == "textarea";
}

// Behind the next `mark`, found without case.
void skip_past(std::string_view& rest, const std::string& mark) {
  const std::size_t at = lowered(rest).find(mark);
  rest.remove_prefix(at == std::string::npos ? rest.size() : at + mark.size());
}

bool leads_to_page(std::string_view address) {
  const std::string scheme = lowered(address.substr(0, address.find_first_of(":/?#")));
  const bool has_scheme = address.substr(std::min(scheme.size(), address.size())).starts_with(':');
  return !has_scheme || scheme == "http" || scheme == "https" || scheme == "mailto";
}

std::string danger_of(const HtmlTag& tag) {
  static constexpr std::array<std::string_view, 6> foreign{"iframe", "object", "embed",
                                                           "base",   "math",   "applet"};
  static constexpr std::array<std::string_view, 5> addresses{"href", "src", "action", "formaction", "srcset"};
  if (std::ranges::find(foreign, tag.name) != foreign.end()) return fmt::format("<{}>", tag.name);
  bool is_ours = false;
  for (const auto& [name, value] : tag.attributes) {
    if (name.starts_with("on")) return fmt::format("<{} {}={}>", tag.name, name, value);
    const bool is_address = std::ranges::find(addresses, name) != addresses.end();
    const bool is_plain = std::ranges::none_of(value, [](char c) { return c >= 0 && c < ' '; });
    if (is_address && (!is_plain || !leads_to_page(value)))
      return fmt::format("<{} {}={}>", tag.name, name, value);
    is_ours = is_ours || (name == "src" && value.starts_with("/static/"));
  }
  return tag.name == "script" && !is_ours ? "<script>" : "";
}

}  // namespace

std::vector<HtmlTag> html_tags(std::string_view html) {
  std::vector<HtmlTag> tags;
  while (!html.empty()) {
    html.remove_prefix(std::min(html.find('<'), html.size()));
    html.remove_prefix(std::min<std::size_t>(1, html.size()));
    if (html.starts_with("!--")) {
      skip_past(html, "-->");
    } else if (!html.empty() && (is_letter(html.front()) || html.front() == '/')) {
      tags.push_back(take_tag(html));
      const std::string& name = tags.back().name;
      if (holds_text_alone(name)) skip_past(html, "</" + name);
    }
  }
  return tags;
}

std::string danger_in(std::string_view html) {
  for (const HtmlTag& tag : html_tags(html)) {
    if (std::string danger = danger_of(tag); !danger.empty()) return danger;
  }
  return "";
}

}  // namespace hoopoe::tests
