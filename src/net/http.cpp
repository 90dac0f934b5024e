#include "net/http.h"

#include <algorithm>
#include <array>
#include <span>

#include <fmt/format.h>

#include "base/ensure.h"

namespace hoopoe::net {
namespace {

constexpr std::string_view after_name = ": ";
constexpr std::string_view line_end = "\r\n";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

bool is_token_char(char c) {
  const bool alphanumeric = (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z');
  return alphanumeric || std::string_view("!#$%&'*+-.^_`|~").contains(c);
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Whether a comma-separated field value holds the token.
bool lists_token(std::string_view list, std::string_view token) {
  while (!list.empty()) {
    if (equal_ignoring_case(take_element(list), token)) return true;
  }
  return false;
}

}  // namespace

std::string_view name(Method method) {
  static constexpr std::array<std::string_view, method_count> names{"GET",   "HEAD",   "POST",   "PUT",
                                                                    "PATCH", "DELETE", "OPTIONS"};
  return names[static_cast<std::size_t>(method)];
}

bool equal_ignoring_case(std::string_view left, std::string_view right) {
  return std::ranges::equal(left, right, {}, lower, lower);
}

std::string_view take_element(std::string_view& list, char separator) {
  const std::string_view element = list.substr(0, list.find(separator));
  list.remove_prefix(std::min(list.size(), element.size() + 1));
  return trimmed(element);
}

void Headers::add(std::string_view name, std::string_view value) {
  ensure(!name.empty() && std::ranges::all_of(name, is_token_char), "a header name is a token");
  fields_.push_back({.at = static_cast<std::uint32_t>(lines_.size()),
                     .name_size = static_cast<std::uint32_t>(name.size()),
                     .value_size = static_cast<std::uint32_t>(value.size())});
  lines_.append(name).append(after_name);
  const auto value_at = static_cast<std::ptrdiff_t>(lines_.size());
  lines_.append(value);
  std::replace_if(lines_.begin() + value_at, lines_.end(), is_control, ' ');
  lines_.append(line_end);
}

void Headers::set(std::string_view name, std::string_view value) {
  erase(name);
  add(name, value);
}

void Headers::erase(std::string_view name) {
  for (std::size_t i = fields_.size(); i-- > 0;) {
    const Field field = fields_[i];
    if (!equal_ignoring_case(name_of(field), name)) continue;
    const auto size = field.name_size + field.value_size + after_name.size() + line_end.size();
    lines_.erase(field.at, size);
    fields_.erase(fields_.begin() + static_cast<std::ptrdiff_t>(i));
    for (auto& later : std::span(fields_).subspan(i)) later.at -= static_cast<std::uint32_t>(size);
  }
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
  for (const auto& field : fields_) {
    if (equal_ignoring_case(name_of(field), name)) return value_of(field);
  }
  return std::nullopt;
}

std::vector<std::string_view> Headers::all(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const auto& field : fields_) {
    if (equal_ignoring_case(name_of(field), name)) values.push_back(value_of(field));
  }
  return values;
}

std::string_view Headers::name_of(const Field& field) const {
  return std::string_view(lines_).substr(field.at, field.name_size);
}

std::string_view Headers::value_of(const Field& field) const {
  return std::string_view(lines_).substr(field.at + field.name_size + after_name.size(), field.value_size);
}

std::string_view Request::header(std::string_view name) const {
  return headers.find(name).value_or(std::string_view());
}

std::string_view Request::capture(std::string_view name) const {
  for (const auto& [key, value] : captures) {
    if (key == name) return value;
  }
  return {};
}

std::optional<std::string_view> Request::cookie(std::string_view name) const {
  std::optional<std::string_view> found;
  for (std::string_view pairs : headers.all("Cookie")) {
    while (!pairs.empty()) {
      const auto end = std::min(pairs.find(';'), pairs.size());
      const auto pair = trimmed(pairs.substr(0, end));
      const auto equals = pair.find('=');
      pairs.remove_prefix(std::min(end + 1, pairs.size()));
      if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
      if (found && *found != pair.substr(equals + 1)) return std::nullopt;
      found = pair.substr(equals + 1);
    }
  }
  return found;
}

bool Request::saves_data() const { return equal_ignoring_case(header("Save-Data"), "on"); }

bool Request::wants_websocket() const {
  return method == Method::get && equal_ignoring_case(header("Upgrade"), "websocket") &&
         lists_token(header("Connection"), "Upgrade");
}

int status_of(RefusalKind kind) {
  switch (kind) {
    case RefusalKind::bad_request:
      return 400;
    case RefusalKind::unauthorized:
      return 401;
    case RefusalKind::forbidden:
      return 403;
    case RefusalKind::not_found:
      return 404;
    case RefusalKind::gone:
      return 410;
    case RefusalKind::conflict:
      return 409;
    case RefusalKind::too_large:
      return 413;
    case RefusalKind::misdirected:
      return 421;
    case RefusalKind::invalid:
    case RefusalKind::held:
      return 422;
    case RefusalKind::too_many:
      return 429;
    case RefusalKind::unavailable:
      return 503;
  }
  return 500;
}

std::string http_date(Time time) {
  static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", days[std::chrono::weekday(day).c_encoding()],
                     static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                     static_cast<int>(date.year()), clock.hours().count(), clock.minutes().count(),
                     clock.seconds().count());
}

}  // namespace hoopoe::net
