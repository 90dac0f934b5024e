#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/refusal.h"
#include "net/encoding.h"
#include "net/parameters.h"
#include "tests/fuzz/require.h"

// What the targets of the three formats of a body share.
namespace hoopoe::tests {

using Pairs = std::vector<std::pair<std::string, std::string>>;

// What a request with that body says, or nothing when it is refused; and it is refused for its own fault.
inline std::optional<net::Parameters> read_body(std::string_view content_type, std::string_view body) {
  net::Request request{.method = net::Method::post, .body = std::string(body)};
  request.headers.add("Content-Type", content_type);
  try {
    return net::Parameters::of(request);
  } catch (const Refusal& refusal) {
    require(refusal.kind == RefusalKind::bad_request && net::is_clean_utf8(refusal.what()));
    return std::nullopt;
  }
}

// Whatever the names and however the text came about.
inline void check_parameters(const net::Parameters& parameters) {
  for (const char* name : {"a", "id", "a[b]", ""}) {
    const auto all = parameters.all(name);
    const auto last = parameters.get(name);
    require(!last || std::ranges::find(all, *last) != all.end());
    require(all.empty() || parameters.has(name));
    require(all.size() <= parameters.size());
    for (const std::string_view value : all) require(net::is_clean_utf8(value));
    std::size_t members = 0;
    for (const net::Parameters& member : parameters.each(name)) members += member.size();
    require(members <= parameters.size());
    try {
      static_cast<void>(parameters.flag(name));
      static_cast<void>(parameters.integer(name));
    } catch (const Refusal& refusal) {
      require(refusal.kind == RefusalKind::bad_request);
    }
  }
}

// These very pairs were read, and nothing else.
inline void check_same(const net::Parameters& parameters, const Pairs& pairs) {
  require(parameters.size() == pairs.size());
  for (const auto& [name, value] : pairs) {
    const auto all = parameters.all(name);
    require(std::ranges::find(all, std::string_view(value)) != all.end());
    const auto last = std::ranges::find(pairs.rbegin(), pairs.rend(), name, &Pairs::value_type::first);
    require(parameters.get(name) == last->second);
  }
}

// Names and values of any kind: each line of the input is "name=value".
inline Pairs pairs_of_lines(std::string_view text) {
  Pairs pairs;
  while (!text.empty()) {
    std::string_view line = take_part(text, '\n');
    const std::string_view name = take_part(line, '=');
    pairs.emplace_back(name, line);
  }
  return pairs;
}

// Whether parameters may be so: clean, not too many, no name too long.
inline bool may_be_sent(const Pairs& pairs) {
  constexpr std::size_t parameters_max = 1'000;
  return pairs.size() <= parameters_max && std::ranges::all_of(pairs, [](const auto& pair) {
           return pair.first.size() <= net::Parameters::name_bytes_max && net::is_clean_utf8(pair.first) &&
                  net::is_clean_utf8(pair.second);
         });
}

}  // namespace hoopoe::tests
