#pragma once

#include <string>
#include <string_view>

#include "net/http.h"

// Answers in fewer bytes (RFC 1952), for those who say that they take them so.
namespace hoopoe::net {

// Whether somebody who sent that Accept-Encoding (RFC 9110, section 12.5.3) takes gzip.
bool accepts_gzip(std::string_view accept_encoding);

// Levels of libdeflate. Of 44 KB of JSON, fast makes within some 5 % of what zlib makes at its level 6, in a
// quarter of the time; small is for what is compressed once and sent for ever.
enum class Effort { fast = 4, small = 9 };

// The whole as one member. Throws std::bad_alloc.
std::string gzip(std::string_view bytes, Effort effort);

// Whether an answer has a text that is worth the work: not a stream, not short, and not encoded already.
bool is_compressible(const Response& response);

// The answer in gzip, where the request takes that and it is worth the work. Says in Vary that it depends.
// Whatever is secret in such an answer beside what its reader may have been led to send differs each time, as
// the tokens of forms do: else the length would tell of it (BREACH).
void compress(const Request& request, Response& response);

}  // namespace hoopoe::net
