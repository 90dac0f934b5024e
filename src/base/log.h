#pragma once

#include <string_view>
#include <utility>

#include <fmt/core.h>

// The operator's log, on standard error. Never a token, a password or the text of a post that is not public.
namespace hoopoe::log {

enum class Level { debug, info, warning, error };

void set_level(Level level);
void write(Level level, std::string_view line);

template <class... Args>
void info(fmt::format_string<Args...> format, Args&&... args) {
  write(Level::info, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void warning(fmt::format_string<Args...> format, Args&&... args) {
  write(Level::warning, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void error(fmt::format_string<Args...> format, Args&&... args) {
  write(Level::error, fmt::format(format, std::forward<Args>(args)...));
}

}  // namespace hoopoe::log
