#pragma once

#include <source_location>
#include <stdexcept>
#include <string_view>

namespace hoopoe {

// A bug in this program, found at run time. The request, or the writer's savepoint, is rolled back: the
// person sees a 500 and the log says where.
struct Bug : std::logic_error {
  using std::logic_error::logic_error;
};

[[noreturn]] void report_bug(std::string_view words, std::source_location where);

// What must be so unless this program is wrong; never reachable from input. Checked in all builds.
inline void ensure(bool condition, std::string_view words,
                   std::source_location where = std::source_location::current()) {
  if (!condition) report_bug(words, where);
}

}  // namespace hoopoe
