#include "net/parameters.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/refusal.h"
#include "net/encoding.h"

namespace hoopoe::net {
namespace {

// The most that a real call has: relationships of 80 accounts, filters of some dozen keywords, a form of 30
// fields.
constexpr std::size_t parameters_max = 1'000;
constexpr std::size_t files_max = 16;

[[noreturn]] void refuse(const std::string& text) { throw Refusal(RefusalKind::bad_request, text); }

// What a refusal may repeat of a name that someone else chose.
std::string shown(std::string_view name) {
  constexpr std::size_t shown_bytes_max = 64;
  return is_clean_utf8(name) && name.size() <= shown_bytes_max ? std::string(name) : "(a parameter)";
}

bool any_of_ignoring_case(std::string_view value, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](auto word) { return equal_ignoring_case(value, word); });
}

std::string decode(std::string_view text, std::string_view what) {
  auto decoded = percent_decode(text, Plus::space);
  if (!decoded) {
    refuse(fmt::format("The {} has a % without two hexadecimal digits after it; send %25 for one.", what));
  }
  return std::move(*decoded);
}

// "application/json" of "application/json; charset=utf-8".
std::string_view media_type(std::string_view content_type) {
  const auto type = content_type.substr(0, content_type.find(';'));
  return type.substr(0, type.find_last_not_of(" \t") + 1);
}

void read_body(const Request& request, Parameters& into) {
  if (request.body.empty()) return;
  const auto content_type = request.header("Content-Type");
  const auto type = media_type(content_type);
  if (equal_ignoring_case(type, "application/json")) {
    read_json(request.body, into);
  } else if (equal_ignoring_case(type, "application/x-www-form-urlencoded")) {
    read_urlencoded(request.body, "form", into);
  } else if (equal_ignoring_case(type, "multipart/form-data")) {
    read_multipart(request.body, content_type, into);
  } else {
    refuse(
        "Send the body as application/json, application/x-www-form-urlencoded or multipart/form-data, and "
        "say so "
        "in Content-Type.");
  }
}

// Of "fields[0][name]" under "fields": the index "0" and the inner name "name", which may have brackets of
// its own
// ("a[b]" of "fields[0][a][b]"). Nothing when the name is no such member.
struct Member {
  std::string_view index;
  std::string inner;
};

std::optional<Member> member_of(std::string_view full, std::string_view list) {
  if (!full.starts_with(list) || !full.substr(list.size()).starts_with('[')) return std::nullopt;
  const auto rest = full.substr(list.size() + 1);
  const auto index_end = rest.find(']');
  if (index_end == std::string_view::npos) return std::nullopt;
  const auto inner = rest.substr(index_end + 1);
  const auto inner_end = inner.find(']');
  if (!inner.starts_with('[') || inner_end == std::string_view::npos) return std::nullopt;
  return Member{.index = rest.substr(0, index_end),
                .inner = std::string(inner.substr(1, inner_end - 1)).append(inner.substr(inner_end + 1))};
}

}  // namespace

Parameters Parameters::of(Request& request) {
  Parameters parameters;
  read_urlencoded(request.query, "query", parameters);
  read_body(request, parameters);
  std::string().swap(request.body);
  return parameters;
}

std::optional<std::string_view> Parameters::get(std::string_view name) const {
  for (auto value = values_.rbegin(); value != values_.rend(); ++value) {
    if (value->first == name) return value->second;
  }
  return std::nullopt;
}

std::vector<std::string_view> Parameters::all(std::string_view name) const {
  std::vector<std::string_view> found;
  for (const auto& [key, value] : values_) {
    if (key == name || (key.size() == name.size() + 2 && key.starts_with(name) && key.ends_with("[]"))) {
      found.push_back(value);
    }
  }
  return found;
}

bool Parameters::has(std::string_view name) const {
  return !all(name).empty() || std::ranges::find(empty_lists_, name) != empty_lists_.end();
}

std::optional<bool> Parameters::flag(std::string_view name) const {
  const auto value = get(name).value_or("");
  if (value.empty()) return std::nullopt;
  if (any_of_ignoring_case(value, {"true", "1", "on", "t", "yes"})) return true;
  if (any_of_ignoring_case(value, {"false", "0", "off", "f", "no"})) return false;
  refuse(fmt::format("{} has to be true or false.", shown(name)));
}

std::optional<std::int64_t> Parameters::integer(std::string_view name) const {
  const auto value = get(name).value_or("");
  if (value.empty()) return std::nullopt;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(value.begin(), value.end(), number);
  if (error != std::errc{} || end != value.end())
    refuse(fmt::format("{} has to be a whole number.", shown(name)));
  return number;
}

std::vector<Parameters> Parameters::each(std::string_view name) const {
  std::vector<Parameters> members;
  std::vector<std::string_view> indexes;
  for (const auto& [key, value] : values_) {
    const auto member = member_of(key, name);
    if (!member) continue;
    auto place = static_cast<std::size_t>(std::ranges::find(indexes, member->index) - indexes.begin());
    if (member->index.empty()) {
      const bool starts = members.empty() || members.back().get(member->inner);
      place = starts ? members.size() : members.size() - 1;
    }
    if (place == members.size()) {
      members.emplace_back();
      indexes.push_back(member->index);
    }
    members[place].values_.emplace_back(member->inner, value);
  }
  return members;
}

std::vector<File> Parameters::take_files(std::string_view name) {
  std::vector<File> taken;
  std::vector<File> kept;
  for (File& file : files_) (file.name == name ? taken : kept).push_back(std::move(file));
  files_ = std::move(kept);
  return taken;
}

void Parameters::add(std::string_view name, std::string_view value) {
  if (values_.size() + empty_lists_.size() >= parameters_max) {
    refuse(fmt::format("A request has at most {} parameters.", parameters_max));
  }
  check_name(name);
  if (!is_clean_utf8(name) || !is_clean_utf8(value)) {
    refuse(fmt::format("{} isn't UTF-8 text without NUL characters.", shown(name)));
  }
  values_.emplace_back(name, value);
}

void Parameters::check_name(std::string_view name) {
  if (name.size() > name_bytes_max) {
    refuse(fmt::format("A parameter's name has at most {} bytes.", name_bytes_max));
  }
}

void Parameters::add_empty_list(std::string_view name) {
  add(name, "");
  values_.pop_back();
  empty_lists_.emplace_back(name);
}

void Parameters::add_file(File file) {
  if (files_.size() == files_max) refuse(fmt::format("A request has at most {} files.", files_max));
  check_name(file.name);
  files_.push_back(std::move(file));
}

void read_urlencoded(std::string_view text, std::string_view what, Parameters& into) {
  while (!text.empty()) {
    const auto end = std::min(text.find('&'), text.size());
    const auto pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (pair.empty()) continue;
    const auto equals = std::min(pair.find('='), pair.size());
    const auto value = pair.substr(std::min(equals + 1, pair.size()));
    into.add(decode(pair.substr(0, equals), what), decode(value, what));
  }
}

}  // namespace hoopoe::net
