#include "net/response_head.h"

#include <iterator>

#include <boost/beast/http/status.hpp>
#include <fmt/format.h>

#include "base/ensure.h"

namespace hoopoe::net {

void check(const Request& request, const Response& response) {
  for (const auto* field : {"Date", "Content-Length", "Transfer-Encoding", "Connection"}) {
    ensure(!response.headers.find(field), "the server sets the fields of the connection itself");
  }
  ensure(response.status >= 200 && response.status <= 599, "an answer has a final status");
  ensure(!response.websocket || (request.wants_websocket() && response.websocket->out),
         "a WebSocket has a stream and answers a request for one");
  ensure(!response.source || (response.content().empty() && !response.stream && !response.websocket &&
                              may_have_body(response.status)),
         "a body comes from one place");
}

std::string response_head(const Response& response, const std::string& date, Ending ending) {
  namespace http = boost::beast::http;
  const auto reason = http::obsolete_reason(http::int_to_status(static_cast<unsigned>(response.status)));
  std::string head;
  head.reserve(256 + response.headers.lines().size());
  const auto out = std::back_inserter(head);
  fmt::format_to(out, "HTTP/1.1 {} {}\r\nDate: {}\r\n", response.status,
                 fmt::string_view(reason.data(), reason.size()), date);
  head += response.headers.lines();
  if (response.source && response.source_bytes) {
    fmt::format_to(out, "Content-Length: {}\r\n", *response.source_bytes);
  } else if (response.source) {
    if (ending != Ending::close_of_http10) head += "Transfer-Encoding: chunked\r\n";
  } else if (!response.stream && may_have_body(response.status)) {
    fmt::format_to(out, "Content-Length: {}\r\n", response.content().size());
  }
  if (ending != Ending::keep_alive) head += "Connection: close\r\n";
  head += "\r\n";
  return head;
}

bool may_have_body(int status) { return status != 204 && status != 304; }

}  // namespace hoopoe::net
