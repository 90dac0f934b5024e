#include "web/times.h"

#include <array>
#include <string_view>

#include <fmt/format.h>

namespace hoopoe::web {

namespace {

constexpr std::array<std::string_view, 12> months{"January",   "February", "March",    "April",
                                                  "May",       "June",     "July",     "August",
                                                  "September", "October",  "November", "December"};
constexpr std::size_t short_month_length = 3;

std::chrono::year_month_day date_of(Time time) { return std::chrono::floor<std::chrono::days>(time); }

std::string_view month_name(const std::chrono::year_month_day& date) {
  return months[static_cast<unsigned>(date.month()) - 1];
}

std::string short_date(Time then, Time now) {
  const auto date = date_of(then);
  auto day =
      fmt::format("{} {}", static_cast<unsigned>(date.day()), month_name(date).substr(0, short_month_length));
  if (date.year() == date_of(now).year()) return day;
  return fmt::format("{} {}", day, static_cast<int>(date.year()));
}

std::string hour_of(Time then) {
  const std::chrono::hh_mm_ss time(
      std::chrono::floor<std::chrono::minutes>(then - std::chrono::floor<std::chrono::days>(then)));
  return fmt::format("{:02}:{:02}", time.hours().count(), time.minutes().count());
}

}  // namespace

std::string short_time(Time then, Time now) {
  using namespace std::chrono_literals;
  const auto age = now - then;
  if (age >= 0ms && age < 1min) return "now";
  if (age >= 0ms && age < 1h) return fmt::format("{} min", age / 1min);
  if (age >= 0ms && age < 24h) return fmt::format("{} h", age / 1h);
  return short_date(then, now);
}

std::string short_date_time(Time then, Time now) {
  return fmt::format("{}, {}", hour_of(then), short_date(then, now));
}

std::string full_time(Time then) {
  const auto date = date_of(then);
  return fmt::format("{} UTC, {} {} {}", hour_of(then), static_cast<unsigned>(date.day()), month_name(date),
                     static_cast<int>(date.year()));
}

std::string month_of(Time then) {
  const auto date = date_of(then);
  return fmt::format("{} {}", month_name(date), static_cast<int>(date.year()));
}

}  // namespace hoopoe::web
