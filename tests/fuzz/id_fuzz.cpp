// An id from outside is refused, or reads back as the very same text.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/id.h"

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto id = hoopoe::Id<struct AnyTag>::parse(text);
  if (id && (id->value <= 0 || id->str() != text)) std::abort();
  return 0;
}
