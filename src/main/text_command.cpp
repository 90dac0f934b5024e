#include "main/text_command.h"

#include <expected>
#include <functional>
#include <istream>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "text/entities.h"
#include "text/html.h"
#include "text/length.h"
#include "text/validate.h"

namespace hoopoe {

namespace {

namespace json = boost::json;

// What went wrong, in words for the person at the terminal.
using Answer = std::expected<json::object, std::string>;

enum class LineState { whole, too_long };

// Reads up to the next line break and no more than the limit into memory; none at the end of `in`.
std::optional<LineState> read_line(std::istream& in, std::string& line) {
  line.clear();
  std::streambuf& bytes = *in.rdbuf();
  constexpr auto end = std::char_traits<char>::eof();
  auto state = LineState::whole;
  int byte = bytes.sbumpc();
  if (byte == end) return std::nullopt;
  for (; byte != end && byte != '\n'; byte = bytes.sbumpc()) {
    if (line.size() == text_line_length_max) {
      state = LineState::too_long;
    } else {
      line.push_back(static_cast<char>(byte));
    }
  }
  return state;
}

json::object with_indices(std::string_view key, const text::Entity& entity) {
  return {{key, entity.name}, {"indices", {entity.code_points.begin, entity.code_points.end}}};
}

Answer extract(const std::string& text, const json::object&) {
  json::array mentions;
  json::array urls;
  json::array hashtags;
  json::array cashtags;
  for (const text::Entity& entity : text::find_entities(text)) {
    switch (entity.kind) {
      case text::EntityKind::mention: {
        json::object mention = with_indices("screen_name", entity);
        if (!entity.list_slug.empty()) mention["list_slug"] = entity.list_slug;
        if (!entity.domain.empty()) mention["domain"] = entity.domain;
        mentions.push_back(std::move(mention));
        break;
      }
      case text::EntityKind::hashtag:
        hashtags.push_back(with_indices("hashtag", entity));
        break;
      case text::EntityKind::cashtag:
        cashtags.push_back(with_indices("cashtag", entity));
        break;
      case text::EntityKind::link:
        urls.push_back(with_indices("url", entity));
        break;
    }
  }
  const auto reply = text::find_reply_name(text);
  return json::object{{"mentions", mentions},
                      {"reply", reply ? json::value(*reply) : json::value(nullptr)},
                      {"urls", urls},
                      {"hashtags", hashtags},
                      {"cashtags", cashtags}};
}

Answer validate(const std::string& text, const json::object& request) {
  static const std::map<std::string, std::function<bool(std::string_view)>, std::less<>> kinds = {
      {"tweet", text::is_valid_tweet},
      {"username", text::is_valid_username},
      {"list", text::is_valid_list},
      {"hashtag", text::is_valid_hashtag},
      {"url", [](std::string_view url) { return text::is_valid_url(url); }},
      {"url_without_protocol",
       [](std::string_view url) { return text::is_valid_url(url, text::Scheme::optional); }}};
  const json::value* kind = request.if_contains("kind");
  if (kind == nullptr || !kind->is_string()) return std::unexpected("kind is missing");
  const auto is_valid = kinds.find(std::string_view(kind->get_string()));
  if (is_valid == kinds.end()) return std::unexpected("unknown kind");
  // A text with a forbidden character has no length, and is valid as nothing.
  return json::object{{"valid", is_valid->second(text)}, {"length", text::tweet_length(text).value_or(0)}};
}

Answer autolink(const std::string& text, const json::object&) {
  const auto entities = text::find_entities(text, text::BareHosts::are_text);
  text::Links links{.mention_urls = {}, .tag_url_prefix = "/tags/"};
  for (const text::Entity& entity : entities) {
    if (entity.kind != text::EntityKind::mention) continue;
    const std::string key = text::mention_key(entity);
    links.mention_urls[key] = "/@" + key;
  }
  return json::object{{"html", text::render_post(text, entities, links).str()}};
}

Answer answer(std::string_view line) {
  static const std::map<std::string, Answer (*)(const std::string&, const json::object&), std::less<>> ops = {
      {"extract", extract}, {"validate", validate}, {"autolink", autolink}};
  boost::system::error_code error;
  const json::value request = json::parse(line, error);
  // Boost.JSON refuses strings that are not UTF-8, and lone surrogates.
  if (error) return std::unexpected("not valid JSON in UTF-8: " + error.message());
  const json::object* object = request.if_object();
  if (object == nullptr) return std::unexpected("not a JSON object");
  const json::value* op = object->if_contains("op");
  if (op == nullptr || !op->is_string()) return std::unexpected("op is missing");
  const auto found = ops.find(std::string_view(op->get_string()));
  if (found == ops.end()) return std::unexpected("unknown op");
  const json::value* text = object->if_contains("text");
  if (text == nullptr || !text->is_string()) return std::unexpected("text is missing");
  return found->second(std::string(text->get_string()), *object);
}

}  // namespace

int run_text_command(std::istream& in, std::ostream& out) {
  std::string line;
  while (const auto state = read_line(in, line)) {
    const Answer answered =
        *state == LineState::too_long ? std::unexpected(std::string("line is too long")) : answer(line);
    out << json::serialize(answered ? *answered : json::object{{"error", answered.error()}}) << '\n'
        << std::flush;
  }
  return 0;
}

}  // namespace hoopoe
