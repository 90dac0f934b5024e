#pragma once

#include <cstdlib>
#include <regex>
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

inline std::vector<std::string> ids_in(const boost::json::value& list) {
  std::vector<std::string> found;
  for (const auto& entry : list.as_array()) found.emplace_back(entry.at("id").as_string());
  return found;
}
inline std::vector<std::string> ids_of(const std::string& body) { return ids_in(boost::json::parse(body)); }

// Where the Link header leads on, without the host; "" at the end.
inline std::string next_target(const net::Response& response) {
  static const std::regex next("<http://square\\.test([^>]*)>; rel=\"next\"");
  const std::string link(response.headers.find("Link").value_or(""));
  std::smatch match;
  return std::regex_search(link, match, next) ? match[1].str() : "";
}

// The ids of the posts of a page, in their order.
inline std::vector<std::string> posts_on(const std::string& page) {
  static const std::regex article("<article [^>]*id=\"p([0-9]+)\"");
  std::vector<std::string> found;
  for (std::sregex_iterator at(page.begin(), page.end(), article), end; at != end; ++at) {
    found.push_back((*at)[1].str());
  }
  return found;
}
inline std::string next_page(const std::string& page) {
  static const std::regex next("<a rel=\"next\" href=\"([^\"]*)\"");
  std::smatch match;
  return std::regex_search(page, match, next) ? match[1].str() : "";
}

}  // namespace hoopoe
