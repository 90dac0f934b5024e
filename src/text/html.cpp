#include "text/html.h"

#include <algorithm>
#include <utility>

#include "text/characters.h"
#include "text/uri.h"
#include "text/utf8.h"

namespace hoopoe::text {

// The one place that may turn a string into SafeHtml.
class HtmlWriter {
 public:
  // `markup` is a literal of this file, never input.
  HtmlWriter& raw(std::string_view markup) {
    out_.html_ += markup;
    return *this;
  }

  HtmlWriter& text(std::string_view text) {
    for (const char32_t c : decode_located(text).points) write(c);
    return *this;
  }

  SafeHtml take() { return std::move(out_); }

 private:
  void write(char32_t c) {
    switch (c) {
      case U'&':
        raw("&amp;");
        return;
      case U'<':
        raw("&lt;");
        return;
      case U'>':
        raw("&gt;");
        return;
      case U'"':
        raw("&quot;");
        return;
      case U'\'':
        raw("&#39;");
        return;
      default:
        append_utf8(out_.html_, is_control(c) && !is_space(c) ? replacement_character : c);
    }
  }

  SafeHtml out_;
};

namespace {

// One leading "/" is a path of this server, two are another server.
bool is_linkable(std::string_view url) {
  return is_web_address(url) || (url.starts_with('/') && !url.starts_with("//") && !url.contains('\\'));
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

// Whether all the lines of `text` are blank.
bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

class PostRenderer {
 public:
  explicit PostRenderer(const Links& links) : links_(links) {}

  void write_text(std::string_view text) {
    while (!text.empty()) {
      const std::size_t line_end = text.find_first_of("\r\n");
      writer_.text(text.substr(0, line_end));
      if (line_end == std::string_view::npos) return;
      text = write_breaks(text.substr(line_end));
    }
  }

  void write_entity(const Entity& entity, std::string_view as_typed) {
    switch (entity.kind) {
      case EntityKind::mention:
        write_mention(entity, as_typed);
        return;
      case EntityKind::hashtag:
        write_hashtag(entity, as_typed);
        return;
      case EntityKind::link:
        write_link(entity);
        return;
      case EntityKind::cashtag:
        writer_.text(as_typed);
        return;
    }
  }

  SafeHtml take() { return writer_.take(); }
  HtmlWriter& raw(std::string_view markup) { return writer_.raw(markup); }

 private:
  // One line break is <br>; two or more, "\r\n" counting as one, begin a paragraph. Gives what comes after.
  std::string_view write_breaks(std::string_view text) {
    int count = 0;
    while (text.starts_with('\r') || text.starts_with('\n')) {
      text.remove_prefix(text.starts_with("\r\n") ? 2 : 1);
      ++count;
    }
    writer_.raw(count == 1 ? "<br>" : "</p><p>");
    return text;
  }

  void write_mention(const Entity& entity, std::string_view as_typed) {
    const auto found = links_.mention_urls.find(mention_key(entity));
    if (found == links_.mention_urls.end() || !is_linkable(found->second)) {
      if (links_.isolate) writer_.raw("<bdi dir=\"ltr\">");
      writer_.text(as_typed);
      if (links_.isolate) writer_.raw("</bdi>");
      return;
    }
    writer_.raw("<span class=\"h-card\" translate=\"no\"").raw(links_.isolate ? " dir=\"ltr\"" : "");
    writer_.raw("><a href=\"").text(found->second);
    writer_.raw("\" class=\"u-url mention\">@<span>").text(entity.name).raw("</span></a></span>");
    writer_.text(entity.list_slug);
  }

  void write_hashtag(const Entity& entity, std::string_view as_typed) {
    if (!is_linkable(links_.tag_url_prefix)) {
      writer_.text(as_typed);
      return;
    }
    writer_.raw("<a href=\"").text(links_.tag_url_prefix).text(percent_encode(entity.name));
    writer_.raw("\" class=\"mention hashtag\" rel=\"tag\">#<span>").text(entity.name).raw("</span></a>");
  }

  // Shown are link_text_length_max code points after "https://www."; the rest is there to be copied.
  void write_link(const Entity& entity) {
    const std::string_view url = entity.name;
    std::size_t hidden = entity.has_scheme ? url.find("://") + 3 : 0;
    if (entity.has_scheme && lower(url.substr(hidden, 4)) == "www.") hidden += 4;
    const Located located = decode_located(url.substr(hidden));
    const bool is_cut = located.points.size() > link_text_length_max;
    const std::size_t shown = hidden + located.offsets[std::min(located.points.size(), link_text_length_max)];

    writer_.raw(links_.isolate ? "<a dir=\"ltr\" href=\"" : "<a href=\"");
    writer_.raw(entity.has_scheme ? "" : "https://").text(url);
    writer_.raw("\" target=\"_blank\" rel=\"nofollow noopener noreferrer").raw(links_.rel_me ? " me" : "");
    writer_.raw("\" translate=\"no\"><span class=\"invisible\">");
    writer_.text(url.substr(0, hidden))
        .raw(is_cut ? "</span><span class=\"ellipsis\">" : "</span><span class=\"\">");
    writer_.text(url.substr(hidden, shown - hidden)).raw("</span><span class=\"invisible\">");
    writer_.text(url.substr(shown)).raw("</span></a>");
  }

  const Links& links_;
  HtmlWriter writer_;
};

}  // namespace

SafeHtml escape(std::string_view text) { return HtmlWriter().text(text).take(); }

std::string mention_key(const Entity& mention) {
  return lower(mention.domain.empty() ? mention.name : mention.name + "@" + mention.domain);
}

SafeHtml render_post(std::string_view text, std::span<const Entity> entities, const Links& links) {
  if (is_blank(text)) return {};
  // Blank lines around the text are no paragraphs. Spaces stay: offsets count from the first byte.
  const std::size_t begin = text.find_first_not_of("\r\n");
  const std::size_t end = text.find_last_not_of("\r\n") + 1;
  PostRenderer renderer(links);
  renderer.raw("<p>");
  std::size_t at = begin;
  for (const Entity& entity : entities) {
    // An entity of some other text is left out rather than read past the end.
    if (entity.bytes.begin < at || entity.bytes.end < entity.bytes.begin || entity.bytes.end > end) continue;
    renderer.write_text(text.substr(at, entity.bytes.begin - at));
    renderer.write_entity(entity, text.substr(entity.bytes.begin, entity.bytes.size()));
    at = entity.bytes.end;
  }
  renderer.write_text(text.substr(at, end - at));
  renderer.raw("</p>");
  return renderer.take();
}

}  // namespace hoopoe::text
