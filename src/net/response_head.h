#pragma once

#include <string>

#include "net/http.h"

namespace hoopoe::net {

enum class Ending { keep_alive, close };

// A Bug unless the answer is one that this request may get: a final status, none of the fields that the
// server sets itself, a WebSocket only when one was asked for.
void check(const Request& request, const Response& response);

// The status line and the header fields of an answer, to its empty line.
std::string response_head(const Response& response, const std::string& date, Ending ending);

// Whether an answer of that status has a body at all (RFC 9110, section 6.4.1).
bool may_have_body(int status);

}  // namespace hoopoe::net
