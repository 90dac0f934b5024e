#include "base/ensure.h"

#include <fmt/format.h>

#include "base/log.h"

namespace hoopoe {

void report_bug(std::string_view words, std::source_location where) {
  const std::string text = fmt::format("{}:{}: {}", where.file_name(), where.line(), words);
  log::error("bug: {}", text);
  throw Bug(text);
}

}  // namespace hoopoe
