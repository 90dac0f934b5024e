#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/refusal.h"
#include "net/encoding.h"
#include "net/parameters.h"

namespace {

constexpr std::array<std::string_view, 3> content_types{
    "application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"};

}  // namespace

// The first byte chooses the format, the rest is query or body. Whatever is accepted is clean text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes as text
  const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  hoopoe::net::Request request;
  if (data[0] % 4 == 3) {
    request.query = text;
  } else {
    request.headers.add("Content-Type", content_types[data[0] % 4]);
    request.body = text;
  }
  try {
    const auto parameters = hoopoe::net::Parameters::of(request);
    for (const auto* name : {"a", "id", "a[b]"}) {
      for (const auto value : parameters.all(name)) {
        if (!hoopoe::net::is_clean_utf8(value)) std::abort();
      }
      for (const auto& member : parameters.each(name)) {
        if (member.size() > parameters.size()) std::abort();
      }
    }
  } catch (const hoopoe::Refusal&) {
    return 0;
  }
  return 0;
}
