#include "net/chunked_body.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace hoopoe::net {
namespace {

// A size line with its extensions, or all trailers: no client sends more than a few dozen bytes.
constexpr std::size_t line_bytes_max = 1'024;

const ParseError malformed{400, "The body has a malformed chunk."};
const ParseError line_too_long{400, "The body has a chunk with too long a size line or trailer."};
const ParseError too_large{413, "The body is too large."};

bool is_control(char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; }

// Takes a line without its end off the front; nothing when it isn't whole yet.
std::expected<std::optional<std::string_view>, ParseError> take_line(std::string_view& bytes) {
  const auto end = bytes.find('\n');
  if (std::min(end, bytes.size()) > line_bytes_max) return std::unexpected(line_too_long);
  if (end == std::string_view::npos) return std::nullopt;
  if (end == 0 || bytes[end - 1] != '\r') return std::unexpected(malformed);
  const auto line = bytes.substr(0, end - 1);
  if (std::ranges::any_of(line, is_control)) return std::unexpected(malformed);
  bytes.remove_prefix(end + 1);
  return line;
}

}  // namespace

Taken ChunkedBody::take(std::string_view bytes, std::size_t body_bytes_max, std::string& body) {
  const auto size = bytes.size();
  while (!done() && !bytes.empty()) {
    const auto went_on = step(bytes, body_bytes_max, body);
    if (!went_on) return std::unexpected(went_on.error());
    if (!*went_on) break;
  }
  return size - bytes.size();
}

// False when more bytes are needed.
std::expected<bool, ParseError> ChunkedBody::step(std::string_view& bytes, std::size_t body_bytes_max,
                                                  std::string& body) {
  if (state_ == State::size_line)
    return read_size(bytes, body_bytes_max - std::min(body_bytes_max, body.size()));
  if (state_ == State::data) {
    const auto part = bytes.substr(0, data_left_);
    body += part;
    bytes.remove_prefix(part.size());
    data_left_ -= part.size();
    if (data_left_ == 0) state_ = State::data_end;
    return true;
  }
  const auto left_before = bytes.size();
  const auto line = take_line(bytes);
  if (!line) return std::unexpected(line.error());
  if (!*line) return false;
  if (state_ == State::data_end) {
    if (!(*line)->empty()) return std::unexpected(malformed);
    state_ = State::size_line;
    return true;
  }
  trailer_bytes_ += left_before - bytes.size();
  if (trailer_bytes_ > line_bytes_max) return std::unexpected(line_too_long);
  if ((*line)->empty()) {
    state_ = State::done;
  } else if (!(*line)->contains(':')) {
    return std::unexpected(malformed);
  }
  return true;
}

std::expected<bool, ParseError> ChunkedBody::read_size(std::string_view& bytes, std::size_t room) {
  const auto line = take_line(bytes);
  if (!line) return std::unexpected(line.error());
  if (!*line) return false;
  const auto text = **line;
  std::uint64_t size = 0;
  const auto [end, error] = std::from_chars(text.begin(), text.end(), size, 16);
  // from_chars takes a minus sign for unsigned numbers no more than a plus or "0x"; it stops there, at no
  // digit.
  const auto rest = text.substr(static_cast<std::size_t>(end - text.begin()));
  const auto mark = rest.find_first_not_of(" \t");
  const bool ends = mark == std::string_view::npos || rest[mark] == ';';
  if (error != std::errc{} || !ends) return std::unexpected(malformed);
  if (size > room) return std::unexpected(too_large);
  data_left_ = static_cast<std::size_t>(size);
  state_ = size == 0 ? State::trailers : State::data;
  return true;
}

}  // namespace hoopoe::net
