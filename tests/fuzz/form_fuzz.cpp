// A form and a query say what a plain reading of them says, and are refused where that has no meaning.

#include "tests/fuzz/parameters.h"
#include "text/uri.h"

namespace {

using namespace hoopoe;
using namespace hoopoe::tests;

std::optional<std::string> decoded(std::string_view text) {
  std::string spaced(text);
  std::ranges::replace(spaced, '+', ' ');
  return text::percent_decode(spaced);
}

// Nothing when a part of it cannot be decoded.
std::optional<Pairs> plainly_read(std::string_view text) {
  Pairs pairs;
  while (!text.empty()) {
    std::string_view pair = take_part(text, '&');
    if (pair.empty()) continue;
    const auto name = decoded(take_part(pair, '='));
    const auto value = decoded(pair);
    if (!name || !value) return std::nullopt;
    pairs.emplace_back(*name, *value);
  }
  return pairs;
}

std::optional<net::Parameters> read_query(std::string_view query) {
  try {
    net::Request request{.query = std::string(query)};
    return net::Parameters::of(request);
  } catch (const Refusal&) {
    return std::nullopt;
  }
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = as_text(data, size);
  const auto expected = plainly_read(text);
  for (const auto& read : {read_body("application/x-www-form-urlencoded", text), read_query(text)}) {
    require(read.has_value() == (expected && may_be_sent(*expected)));
    if (!read) continue;
    check_same(*read, *expected);
    check_parameters(*read);
  }
  return 0;
}
