#include "web/assets.h"

#include <array>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "base/ensure.h"
#include "crypto/hash.h"
#include "embedded/web_static.h"
#include "embedded/web_templates.h"

namespace hoopoe::web {

namespace {

constexpr std::string_view style_place = "/*STYLE*/";
constexpr std::string_view version_place = "?v=VERSION";  // behind the name of a static file
constexpr std::size_t version_length = 16;  // of 64 hexadecimal digits: enough to tell two versions apart

constexpr std::string_view script_type = "text/javascript; charset=utf-8";
constexpr std::array static_files{
    std::pair<std::string_view, std::string_view>{"hoopoe.js", script_type},
    std::pair<std::string_view, std::string_view>{"live.js", script_type},
    std::pair<std::string_view, std::string_view>{"embed.js", script_type},
    std::pair<std::string_view, std::string_view>{"frame.js", script_type},
    std::pair<std::string_view, std::string_view>{"hoopoe.svg", "image/svg+xml"},
    std::pair<std::string_view, std::string_view>{"avatar.png", "image/png"},
    std::pair<std::string_view, std::string_view>{"header.png", "image/png"},
};

std::string_view file(std::span<const embedded::File> files, std::string_view path) {
  const embedded::File* found = embedded::find(files, path);
  ensure(found != nullptr, "an embedded file is there");
  return found->bytes;
}

std::string version_of(std::string_view bytes) {
  return crypto::hex(crypto::sha256_bytes(bytes)).substr(0, version_length);
}

// Without indentation, line ends and the blanks that are for people: one line, so that no template option can
// change it after it was hashed. Requires: no blank that matters follows one of ,:;{}> or stands before
// one of {}>.
std::string compact(std::string_view css) {
  constexpr std::string_view swallows_blank = ",:;{}>";
  constexpr std::string_view drops_blank = "{}>";
  std::string line;
  for (const char c : css) {
    const bool is_blank = c == ' ' || c == '\n';
    if (is_blank && (line.empty() || line.back() == ' ' || swallows_blank.contains(line.back()))) continue;
    if (drops_blank.contains(c) && line.ends_with(' ')) line.pop_back();
    if (c == '}' && line.ends_with(';')) line.pop_back();
    line += is_blank ? ' ' : c;
  }
  return line;
}

const std::string& style() {
  static const std::string css = compact(file(embedded::web_static(), "hoopoe.css"));
  return css;
}

void replace(std::string& text, std::string_view place, std::string_view with) {
  for (std::size_t at = text.find(place); at != std::string::npos; at = text.find(place, at + with.size())) {
    text.replace(at, place.size(), with);
  }
}

// With the style, and each static file by its version.
std::string completed(std::string_view source) {
  std::string text(source);
  replace(text, style_place, style());
  for (const auto& [name, type] : static_files) {
    replace(text, std::string(name).append(version_place),
            std::string(name).append("?v=").append(find_static_file(name)->version));
  }
  return text;
}

}  // namespace

const Templates& templates() {
  static const std::vector<std::string> texts = [] {
    std::vector<std::string> all;
    for (const embedded::File& each : embedded::web_templates()) all.push_back(completed(each.bytes));
    return all;
  }();
  static const std::vector<TemplateSource> sources = [] {
    std::vector<TemplateSource> all;
    for (const embedded::File& each : embedded::web_templates()) {
      all.push_back({.name = each.path, .text = texts[all.size()]});
    }
    return all;
  }();
  static const Templates read(sources);
  return read;
}

const std::string& style_source() {
  static const std::string source = "'sha256-" + crypto::base64(crypto::sha256_bytes(style())) + "'";
  return source;
}

std::vector<std::string_view> static_file_names() {
  std::vector<std::string_view> names;
  names.reserve(static_files.size());
  for (const auto& [name, type] : static_files) names.push_back(name);
  return names;
}

const StaticFile* find_static_file(std::string_view name) {
  static const std::map<std::string_view, StaticFile> files = [] {
    std::map<std::string_view, StaticFile> all;
    for (const auto& [file_name, type] : static_files) {
      const std::string_view bytes = file(embedded::web_static(), file_name);
      all[file_name] = {.bytes = bytes, .content_type = type, .version = version_of(bytes)};
    }
    return all;
  }();
  const auto found = files.find(name);
  return found == files.end() ? nullptr : &found->second;
}

}  // namespace hoopoe::web
