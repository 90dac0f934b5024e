#pragma once

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "net/http.h"

// For tests: what is in an answer.
namespace hoopoe {

// The numbers of all "canary17" in a text.
inline std::vector<std::size_t> canaries_in(std::string_view text) {
  constexpr std::string_view word = "canary";
  std::vector<std::size_t> found;
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    found.push_back(std::strtoul(std::string(text.substr(at + word.size(), 9)).c_str(), nullptr, 10));
  }
  return found;
}

// The names in all addresses of photos in a text.
inline std::vector<std::string> photo_names_in(std::string_view text) {
  constexpr std::string_view folder = "/photos/";
  std::vector<std::string> found;
  for (std::size_t at = text.find(folder); at != std::string_view::npos; at = text.find(folder, at)) {
    at += folder.size();
    const std::size_t end = text.find_first_not_of("0123456789abcdef", at);
    if (end != std::string_view::npos && text[end] == '.') found.emplace_back(text.substr(at, end - at));
  }
  return found;
}

inline std::vector<std::string> ids_in(const boost::json::value& list) {
  std::vector<std::string> found;
  for (const auto& entry : list.as_array()) found.emplace_back(entry.at("id").as_string());
  return found;
}
inline std::vector<std::string> ids_of(const std::string& body) { return ids_in(boost::json::parse(body)); }

// Where the Link header leads on, without the host; "" at the end.
inline std::string next_target(const net::Response& response) {
  constexpr std::string_view host = "<http://square.test";
  const std::string_view link = response.headers.find("Link").value_or("");
  const std::size_t end = link.find(">; rel=\"next\"");
  if (end == std::string_view::npos) return "";
  const std::size_t begin = link.rfind(host, end) + host.size();
  return std::string(link.substr(begin, end - begin));
}

// What stands behind each `mark` up to the next quotation mark. No regular expressions, with which the
// tests of whole histories took four times as long.
inline std::vector<std::string> quoted_after(std::string_view text, std::string_view mark) {
  std::vector<std::string> found;
  for (std::size_t at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at)) {
    at += mark.size();
    found.emplace_back(text.substr(at, text.find('"', at) - at));
  }
  return found;
}
// The ids of the posts of a page, in their order.
inline std::vector<std::string> posts_on(std::string_view page) {
  std::vector<std::string> found;
  for (std::size_t at = page.find("<article "); at != std::string_view::npos;
       at = page.find("<article ", at + 1)) {
    std::ranges::copy(quoted_after(page.substr(at, page.find('>', at) - at), " id=\"p"),
                      std::back_inserter(found));
  }
  return found;
}
inline std::string next_page(std::string_view page) {
  const auto found = quoted_after(page, "<a rel=\"next\" href=\"");
  return found.empty() ? "" : found.front();
}

}  // namespace hoopoe
