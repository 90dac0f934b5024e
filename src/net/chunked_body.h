#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "net/parse_error.h"

namespace hoopoe::net {

// How many bytes at the front were taken. 0: more are needed, keep these.
using Taken = std::expected<std::size_t, ParseError>;

// Puts a body together that came in chunks (RFC 9112, section 7.1). Lines end in CR LF and nothing else;
// extensions and trailers are dropped. Beast's own decoder isn't used: it aborts on "0\r\n" followed by one
// more byte.
class ChunkedBody {
 public:
  // Appends to the body what `bytes` hold of it. Requires: not done, and no error before.
  Taken take(std::string_view bytes, std::size_t body_bytes_max, std::string& body);
  bool done() const { return state_ == State::done; }

 private:
  enum class State { size_line, data, data_end, trailers, done };

  std::expected<bool, ParseError> step(std::string_view& bytes, std::size_t body_bytes_max,
                                       std::string& body);
  std::expected<bool, ParseError> read_size(std::string_view& bytes, std::size_t room);

  State state_ = State::size_line;
  std::size_t data_left_ = 0;
  std::size_t trailer_bytes_ = 0;
};

}  // namespace hoopoe::net
