#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "net/chunked_body.h"
#include "net/http.h"

namespace hoopoe::net {

// Takes one request out of the bytes of a connection: first its head, whole, then its body piece by piece.
// Stricter than RFC 9112 asks: whatever two servers could read in two ways is refused. Requires: after an
// error, no more.
class RequestParser {
 public:
  explicit RequestParser(std::size_t header_bytes_max) : header_bytes_max_(header_bytes_max) {}

  // Takes a head that ends in `bytes`, as method, target, path, query, headers and host of the request.
  Taken head(std::string_view bytes, Request& request);

  // --- From here on: once the head was taken.
  // The client waits for "100 Continue" before it sends the body.
  bool expects_continue() const { return expects_continue_; }
  // Who speaks HTTP/1.0 cannot be answered in chunks.
  bool is_http11() const { return http11_; }
  // The connection may go on after this request; never in HTTP/1.0.
  bool keep_alive() const { return keep_alive_; }

  // Appends what `bytes` hold of the body. Requires: not done.
  Taken body(std::string_view bytes, std::size_t body_bytes_max, std::string& body);
  bool done() const { return chunked_ ? chunks_.done() : left_ == 0; }

 private:
  std::size_t header_bytes_max_;
  std::size_t scanned_ = 0;  // of the head's bytes, so that a slow client doesn't cost a search each time
  std::uint64_t content_length_ = 0;  // none for a chunked body
  std::uint64_t left_ = 0;            // of a body with a length
  bool chunked_ = false;
  ChunkedBody chunks_;
  bool expects_continue_ = false;
  bool http11_ = false;
  bool keep_alive_ = false;
};

}  // namespace hoopoe::net
