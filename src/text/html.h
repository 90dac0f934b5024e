#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "text/entities.h"

namespace hoopoe::text {

// HTML that is safe to put into a page as it is: the only thing that templates write raw. It comes from the
// functions below and from joining what came from them; no constructor takes a string.
class SafeHtml {
 public:
  SafeHtml() = default;

  const std::string& str() const { return html_; }
  SafeHtml& operator+=(const SafeHtml& other) {
    html_ += other.html_;
    return *this;
  }
  friend SafeHtml operator+(SafeHtml one, const SafeHtml& other) { return one += other; }
  friend bool operator==(const SafeHtml&, const SafeHtml&) = default;

 private:
  friend class HtmlWriter;
  std::string html_;
};

// Text for element content and for quoted attributes. Broken bytes, and control characters that HTML does not
// allow, become U+FFFD.
SafeHtml escape(std::string_view text);

// Where the names of a post lead. Addresses are absolute, http or https, or a path of this server ("/tags/");
// any other makes no link.
struct Links {
  // By handle in lower case: "mina", or "mina@example.org" for a person of another server. A name that is not
  // here is nobody's and stays plain text.
  std::map<std::string, std::string> mention_urls;
  // The percent-encoded tag is put behind it.
  std::string tag_url_prefix;
  // Whether a name and a link say that they are read from left to right and turn nothing around them, so that
  // an answer in Persian begins on the right also where no style is (HTML, 3.2.6.4). Apps expect the markup
  // without.
  bool isolate = false;
  // Whether links say that the same person is found there: rel="me" (microformats.org/wiki/rel-me).
  bool rel_me = false;
};

// How a mention is looked up in Links: "name" or "name@domain", in lower case.
std::string mention_key(const Entity& mention);

constexpr std::size_t link_text_length_max = 30;  // code points; Mastodon shows as many and hides the rest

// A post as apps expect it, whose taps they route by its classes: paragraphs between blank lines, <br> for a
// line break, mentions, tags and links; tickers stay text. A host without a scheme is linked as https.
// Takes entities as find_entities(text) gives them; one that lies outside the text or over another is left
// out.
SafeHtml render_post(std::string_view text, std::span<const Entity> entities, const Links& links);

}  // namespace hoopoe::text
