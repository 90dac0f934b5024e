#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "net/parse_error.h"

namespace hoopoe::net {

// What the target of a request holds, in origin form ("/a%20b?c=d") or "*".
struct Target {
  std::string path;  // decoded and checked as Request::path promises
  std::string query;
};

std::expected<Target, ParseError> parse_target(std::string_view target);

}  // namespace hoopoe::net
