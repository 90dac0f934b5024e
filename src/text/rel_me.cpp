#include "text/rel_me.h"

#include <algorithm>
#include <memory>
#include <sstream>

#include <libxml/HTMLparser.h>

#include "text/characters.h"

namespace hoopoe::text {

namespace {

std::string attribute(const xmlNode* element, const char* name) {
  const auto* text = reinterpret_cast<const xmlChar*>(name);
  const std::unique_ptr<xmlChar, decltype(xmlFree)> value(xmlGetNoNsProp(element, text), xmlFree);
  return value ? reinterpret_cast<const char*>(value.get()) : "";
}

bool says_me(const std::string& rel) {
  std::istringstream words(rel);
  for (std::string word; words >> word;) {
    if (std::ranges::equal(word, std::string_view("me"), {}, ascii_lower)) return true;
  }
  return false;
}

bool is_link(const xmlNode* node) {
  if (node->type != XML_ELEMENT_NODE) return false;
  const std::string_view name = reinterpret_cast<const char*>(node->name);
  return name == "a" || name == "link";
}

// The node that comes next in the text of the page; without recursion, however deep it is.
const xmlNode* next(const xmlNode* node) {
  if (node->children != nullptr && node->type == XML_ELEMENT_NODE) return node->children;
  while (node != nullptr && node->next == nullptr) node = node->parent;
  return node == nullptr ? nullptr : node->next;
}

}  // namespace

std::vector<std::string> rel_me_links(std::string_view html) {
  constexpr int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET;
  const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> page(
      htmlReadMemory(html.data(), static_cast<int>(html.size()), nullptr, "utf-8", options), &xmlFreeDoc);
  std::vector<std::string> links;
  if (!page) return links;
  for (const xmlNode* node = xmlDocGetRootElement(page.get()); node != nullptr; node = next(node)) {
    if (is_link(node) && says_me(attribute(node, "rel"))) links.push_back(attribute(node, "href"));
  }
  return links;
}

}  // namespace hoopoe::text
