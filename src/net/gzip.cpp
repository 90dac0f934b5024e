#include "net/gzip.h"

#include <algorithm>
#include <memory>
#include <new>

#include <libdeflate.h>

#include "base/ensure.h"
#include "net/response_head.h"

namespace hoopoe::net {

namespace {

// Below it the head outweighs what is won, and all fits into one packet of a network anyway.
constexpr std::size_t worth_it_bytes_min = 1024;

// A compressor holds its tables, some 100 KB, and is used by one thread at a time.
struct FreeCompressor {
  void operator()(libdeflate_compressor* compressor) const { libdeflate_free_compressor(compressor); }
};
using Compressor = std::unique_ptr<libdeflate_compressor, FreeCompressor>;

libdeflate_compressor& compressor_for(Effort effort) {
  static thread_local Compressor fast;
  static thread_local Compressor small;
  Compressor& compressor = effort == Effort::fast ? fast : small;
  if (!compressor) compressor.reset(libdeflate_alloc_compressor(static_cast<int>(effort)));
  if (!compressor) throw std::bad_alloc();
  return *compressor;
}

// "q=0", "q=0.0", "q=0.000": not at all.
bool is_refused(std::string_view parameters) {
  while (!parameters.empty()) {
    const std::string_view parameter = take_element(parameters, ';');
    if (!equal_ignoring_case(parameter.substr(0, 2), "q=")) continue;
    return parameter.substr(2).find_first_not_of("0.") == std::string_view::npos;
  }
  return false;
}

bool is_text(std::string_view content_type) {
  const std::string_view type = take_element(content_type, ';');
  return type.starts_with("text/") || type == "application/json" || type.ends_with("+json") ||
         type.ends_with("+xml");  // RFC 6839
}

}  // namespace

bool accepts_gzip(std::string_view accept_encoding) {
  bool anything = false;
  while (!accept_encoding.empty()) {
    std::string_view parameters = take_element(accept_encoding);
    const std::string_view coding = take_element(parameters, ';');
    if (equal_ignoring_case(coding, "gzip") || equal_ignoring_case(coding, "x-gzip")) {
      return !is_refused(parameters);
    }
    if (coding == "*") anything = !is_refused(parameters);
  }
  return anything;
}

std::string gzip(std::string_view bytes, Effort effort) {
  libdeflate_compressor& compressor = compressor_for(effort);
  std::string out(libdeflate_gzip_compress_bound(&compressor, bytes.size()), '\0');
  const std::size_t size =
      libdeflate_gzip_compress(&compressor, bytes.data(), bytes.size(), out.data(), out.size());
  ensure(size > 0, "what is compressed fits into its bound");
  out.resize(size);
  return out;
}

bool is_compressible(const Response& response) {
  return !response.stream && !response.websocket && !response.source && may_have_body(response.status) &&
         response.content().size() >= worth_it_bytes_min &&
         is_text(response.headers.find("Content-Type").value_or("")) &&
         !response.headers.find("Content-Encoding");
}

void compress(const Request& request, Response& response) {
  if (!is_compressible(response)) return;
  response.headers.add("Vary", "Accept-Encoding");
  if (!accepts_gzip(request.header("Accept-Encoding"))) return;
  response.body = gzip(response.content(), Effort::fast);
  response.shared_body = nullptr;
  response.headers.add("Content-Encoding", "gzip");
}

}  // namespace hoopoe::net
