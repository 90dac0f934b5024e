#pragma once

#include <string_view>

namespace hoopoe::net {

// What is wrong with bytes that should be a request, for the client to read. The text is a literal.
struct ParseError {
  int status;
  std::string_view text;
};

}  // namespace hoopoe::net
