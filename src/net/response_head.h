#pragma once

#include <string>

#include "net/http.h"

namespace hoopoe::net {

// HTTP/1.0 knows no chunks: a body whose length nobody knows ends with its connection.
enum class Ending { keep_alive, close, close_of_http10 };

// A Bug unless the answer is one that this request may get: a final status, none of the fields that the
// server sets itself, a WebSocket only when one was asked for, one kind of body.
void check(const Request& request, const Response& response);

// The status line and the header fields of an answer, to its empty line.
std::string response_head(const Response& response, const std::string& date, Ending ending);

// Whether an answer of that status has a body at all (RFC 9110, section 6.4.1).
bool may_have_body(int status);

}  // namespace hoopoe::net
