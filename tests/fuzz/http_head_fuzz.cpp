#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "net/request_parser.h"
#include "tests/fuzz/require.h"

namespace {

using hoopoe::tests::as_text;
using hoopoe::tests::require;

constexpr std::size_t header_bytes_max = 512;
constexpr std::size_t body_bytes_max = 256;
// Small, so that inputs reach all bounds soon.
constexpr std::size_t input_bytes_max = 1'024;

// What was made of the bytes that came in pieces of that size: the request, or the text of the refusal.
std::string outcome(std::string_view bytes, std::size_t piece) {
  hoopoe::net::RequestParser parser(header_bytes_max);
  hoopoe::net::Request request;
  std::string input;
  bool has_head = false;
  while (!bytes.empty()) {
    input += bytes.substr(0, piece);
    bytes.remove_prefix(std::min(piece, bytes.size()));
    const auto taken =
        has_head ? parser.body(input, body_bytes_max, request.body) : parser.head(input, request);
    if (!taken) return std::string(taken.error().text);
    require(*taken <= input.size());
    input.erase(0, *taken);
    if (!has_head && *taken > 0) {
      has_head = true;
      if (!parser.done() && !input.empty()) {
        const auto more = parser.body(input, body_bytes_max, request.body);
        if (!more) return std::string(more.error().text);
        input.erase(0, *more);
      }
    }
    if (has_head && parser.done()) break;
  }
  if (!has_head) return "incomplete";
  require(request.path.starts_with('/') || request.path == "*");
  require(!request.path.contains('\0') && !request.path.contains("/../"));
  require(request.body.size() <= body_bytes_max);
  return request.path + "\n" + request.headers.lines() + "\n" + request.body;
}

}  // namespace

// A request is the same whether it comes at once or byte by byte. Refusals may differ: which comes first
// depends on how much is there to look at.
// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > input_bytes_max) return 0;
  const std::string_view bytes = as_text(data, size);
  const auto whole = outcome(bytes, bytes.size() + 1);
  const auto slow = outcome(bytes, 1);
  require(whole.starts_with('/') == slow.starts_with('/'));
  if (whole.starts_with('/')) require(whole == slow);
  return 0;
}
