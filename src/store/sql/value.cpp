#include "store/sql/value.h"

#include <fmt/format.h>

namespace hoopoe::store::sql {

std::string list_text(std::span<const std::int64_t> numbers) {
  return fmt::format("[{}]", fmt::join(numbers, ","));
}

std::string list_text(std::span<const std::string_view> texts) {
  std::string list = "[";
  for (const std::string_view text : texts) {
    if (list.size() > 1) list += ',';
    list += '"';
    for (const char c : text) {
      if (c == '"' || c == '\\') {
        list += '\\';
        list += c;
      } else if (static_cast<unsigned char>(c) < 0x20) {
        list += fmt::format("\\u{:04x}", static_cast<int>(c));
      } else {
        list += c;
      }
    }
    list += '"';
  }
  return list + "]";
}

}  // namespace hoopoe::store::sql
