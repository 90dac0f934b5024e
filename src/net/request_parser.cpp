#include "net/request_parser.h"

#include <algorithm>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>

#include "base/ensure.h"
#include "net/target.h"

// Beast's parser does the grammar and the framing of bodies. Around it stand the checks it leaves to others:
// the size of a whole head (its own limit starts again at each call), folded lines, a repeated Host or
// Content-Length, and transfer codings that it doesn't know and would take for "no body".
namespace hoopoe::net {
namespace {

namespace http = boost::beast::http;
using boost::beast::string_view;
using boost::system::error_code;

constexpr std::string_view head_end = "\r\n\r\n";
constexpr std::size_t header_fields_max = 100;  // as Apache's LimitRequestFields
std::unexpected<ParseError> refused(std::string_view text, int status = 400) {
  return std::unexpected(ParseError{status, text});
}

std::string_view view(string_view text) { return {text.data(), text.size()}; }

std::optional<Method> method_of(http::verb verb) {
  switch (verb) {
    case http::verb::get:
      return Method::get;
    case http::verb::head:
      return Method::head;
    case http::verb::post:
      return Method::post;
    case http::verb::put:
      return Method::put;
    case http::verb::patch:
      return Method::patch;
    case http::verb::delete_:
      return Method::delete_;
    case http::verb::options:
      return Method::options;
    default:
      return std::nullopt;
  }
}

bool is_folded(std::string_view head) { return head.contains("\r\n ") || head.contains("\r\n\t"); }

bool is_host_char(char c) {
  const bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
  return alphanumeric || std::string_view("-._:[]").contains(c);
}

ParseError describe(const error_code& error) {
  if (error == http::error::bad_method || error == http::error::bad_target) {
    return {400, "The request line isn't \"METHOD /path HTTP/1.1\"."};
  }
  if (error == http::error::bad_version) return {400, "This server speaks HTTP/1.1."};
  if (error == http::error::bad_content_length || error == http::error::multiple_content_length) {
    return {400, "Content-Length has to be one number, and not beside Transfer-Encoding."};
  }
  if (error == http::error::bad_transfer_encoding) {
    return {400, "Transfer-Encoding has to be \"chunked\", once, and not beside Content-Length."};
  }
  return {400, "The request has a malformed header line."};
}

// Beast's parser, writing into a Request.
class HeadParser final : public http::basic_parser<true> {
 public:
  HeadParser(Request& request, std::size_t header_bytes_max) : request_(request) {
    header_limit(static_cast<std::uint32_t>(header_bytes_max));
    body_limit(boost::none);
  }

  std::optional<Method> method() const { return method_; }
  bool is_http11() const { return version_ > 10; }

 private:
  void on_request_impl(http::verb verb, string_view, string_view target, int version, error_code&) override {
    method_ = method_of(verb);
    version_ = version;
    request_.target = target;
  }

  void on_field_impl(http::field, string_view name, string_view value, error_code& error) override {
    if (request_.headers.size() == header_fields_max) error = http::error::header_limit;
    request_.headers.add(view(name), view(value));
  }

  std::size_t on_body_impl(string_view, error_code&) override { return 0; }
  std::size_t on_chunk_body_impl(std::uint64_t, string_view, error_code&) override { return 0; }
  void on_response_impl(int, string_view, int, error_code&) override {}
  void on_header_impl(error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
  void on_finish_impl(error_code&) override {}

  Request& request_;
  std::optional<Method> method_;
  int version_ = 0;
};

// What Beast lets pass and isn't served.
std::optional<ParseError> check_framing(const Headers& headers, bool is_http11) {
  const auto hosts = headers.all("Host");
  if (hosts.size() > 1 || (hosts.empty() && is_http11)) return ParseError{400, "One Host header is needed."};
  const auto encodings = headers.all("Transfer-Encoding");
  const auto lengths = headers.all("Content-Length");
  if (encodings.size() + lengths.size() > 1 || (lengths.size() == 1 && lengths[0].contains(','))) {
    return ParseError{400, "Send Content-Length or Transfer-Encoding, once."};
  }
  if (encodings.size() == 1 && (!equal_ignoring_case(encodings[0], "chunked") || !is_http11)) {
    return ParseError{400, "The only transfer coding served is \"chunked\", in HTTP/1.1."};
  }
  return std::nullopt;
}

std::optional<ParseError> complete(Request& request, const HeadParser& parser) {
  if (!parser.method())
    return ParseError{405, "This server knows GET, HEAD, POST, PUT, PATCH, DELETE and OPTIONS."};
  request.method = *parser.method();
  if (auto error = check_framing(request.headers, parser.is_http11())) return error;
  auto target = parse_target(request.target);
  if (!target) return target.error();
  if (target->path == "*" && request.method != Method::options) {
    return ParseError{400, "The target \"*\" is for OPTIONS."};
  }
  request.path = std::move(target->path);
  request.query = std::move(target->query);
  request.host = request.header("Host");
  std::ranges::transform(request.host, request.host.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  if (!std::ranges::all_of(request.host, is_host_char) || (request.host.empty() && parser.is_http11())) {
    return ParseError{400, "The Host header isn't a host name."};
  }
  return std::nullopt;
}

}  // namespace

Taken RequestParser::head(std::string_view bytes, Request& request) {
  const auto end = bytes.find(head_end, scanned_ - std::min(scanned_, head_end.size() - 1));
  const auto size = end == std::string_view::npos ? bytes.size() : end + head_end.size();
  if (size > header_bytes_max_) return refused("The request's head is too large.", 431);
  if (end == std::string_view::npos) {
    scanned_ = bytes.size();
    return 0;
  }
  const auto head = bytes.substr(0, size);
  if (is_folded(head)) return refused("A header line can't be continued on the next.");
  HeadParser parser(request, header_bytes_max_);
  error_code error;
  const auto taken = parser.put(boost::asio::buffer(head), error);
  if (error == http::error::header_limit) return refused("The request has too many header lines.", 431);
  if (error) return std::unexpected(describe(error));
  ensure(taken == size && parser.is_header_done(), "a whole head is taken at once");
  if (const auto problem = complete(request, parser)) return std::unexpected(*problem);
  if (const auto length = parser.content_length()) content_length_ = *length;
  left_ = content_length_;
  chunked_ = parser.chunked();
  expects_continue_ = parser.is_http11() && equal_ignoring_case(request.header("Expect"), "100-continue");
  http11_ = parser.is_http11();
  keep_alive_ = http11_ && parser.keep_alive();
  return size;
}

Taken RequestParser::body(std::string_view bytes, std::size_t body_bytes_max, std::string& body) {
  if (chunked_) return chunks_.take(bytes, body_bytes_max, body);
  if (content_length_ > body_bytes_max) return refused("The body is too large.", 413);
  const auto part = bytes.substr(0, static_cast<std::size_t>(left_));
  body += part;
  left_ -= part.size();
  return part.size();
}

}  // namespace hoopoe::net
