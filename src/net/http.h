#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/refusal.h"
#include "net/address.h"
#include "net/task.h"

// What a request and an answer are: plain values, so that nothing above net/ sees a socket or a parser.
namespace hoopoe::net {

class Stream;

// NOLINTNEXTLINE(readability-identifier-naming): delete is a keyword
enum class Method { get, head, post, put, patch, delete_, options };

inline constexpr int method_count = 7;
std::string_view name(Method method);

// The fields of one message, in their order. Names are compared without case; a name may occur several times.
// Views that it gives live until the next change.
class Headers {
 public:
  // Adds a field. The value can never end its line: control characters in it become spaces.
  // Requires: name is a token (RFC 9110, section 5.6.2).
  void add(std::string_view name, std::string_view value);
  // Adds a field in place of all that had its name.
  void set(std::string_view name, std::string_view value);
  void erase(std::string_view name);

  // The first value of that name.
  std::optional<std::string_view> find(std::string_view name) const;
  std::vector<std::string_view> all(std::string_view name) const;
  std::size_t size() const { return fields_.size(); }

  // "Name: value\r\n" for each field: the form they have on the wire.
  const std::string& lines() const { return lines_; }

 private:
  // Where a field is in lines_, so that a message costs two allocations and not two for each field.
  struct Field {
    std::uint32_t at, name_size, value_size;
  };
  std::string_view name_of(const Field& field) const;
  std::string_view value_of(const Field& field) const;

  std::string lines_;
  std::vector<Field> fields_;
};

// What a route's pattern took out of the path: name and value.
using Captures = std::vector<std::pair<std::string, std::string>>;

struct Request {
  Method method = Method::get;
  std::string target;  // as it was sent
  // Percent-decoded UTF-8 that starts with "/" and holds no "." or ".." segment, encoded slash or control
  // character
  // ("*" for OPTIONS *).
  std::string path;
  std::string query;  // still encoded, without the "?"
  Headers headers;
  std::string body;
  IpAddress remote;     // the client: behind trusted proxies, the one they name
  bool secure = false;  // came by https, says a trusted proxy
  std::string host;     // lower case, with the port where one was sent; "" only in HTTP/1.0
  Captures captures;    // set by whoever routes it

  // The first value, or "" when there is none.
  std::string_view header(std::string_view name) const;
  std::string_view capture(std::string_view name) const;
  // The value of the cookie of that name, as it was sent. None where several of that name differ: one of them
  // was planted, and nobody can tell which.
  std::optional<std::string_view> cookie(std::string_view name) const;
  // Its reader is on a line that costs or crawls (wicg.github.io/savedata, "Save-Data: on"). An answer that
  // differs by it says so in Vary.
  bool saves_data() const;
  // It asks to become a WebSocket; an answer may hold one only then.
  bool wants_websocket() const;
};

// A connection that becomes a WebSocket (RFC 6455). Each message of `out` goes as one text frame.
struct WebSocket {
  std::shared_ptr<Stream> out;  // shared with whoever publishes to it
  // Called for each text message, on the connection's io thread, one at a time. May be empty.
  std::function<void(std::string_view)> on_message;
  // Echoed in Sec-WebSocket-Protocol; "" for none. Requires: one that the client offered.
  std::string subprotocol;
};

// A body that is made while it is sent: each call gives the next bytes, never none, and in the end nothing.
// The next call comes when the bytes before have been sent, so that a slow reader holds no more than one
// part. What a call throws cuts the connection, and nobody takes what came so far for the whole.
using BodySource = std::function<Task<std::optional<std::string>>()>;

// Date, Content-Length and Connection are the server's; all other fields are the face's.
// An answer to HEAD is what GET would have got: the server keeps the body back.
struct Response {
  int status = 200;
  Headers headers;
  std::string body;
  // Sent instead of body, without a copy: shared by all the answers that are the same.
  std::shared_ptr<const std::string> shared_body;
  // The answer goes on: after the body, each message of the stream as it is (server-sent events). The
  // connection closes when the stream does. Shared with whoever publishes to it.
  std::shared_ptr<Stream> stream;
  std::optional<WebSocket> websocket;
  // Sent instead of body when it is not empty, for what is too large to be held. Lives until the answer ends.
  BodySource source;
  std::optional<std::size_t> source_bytes;  // that it gives in all, where that is known before

  const std::string& content() const { return shared_body ? *shared_body : body; }
};

int status_of(RefusalKind kind);

// "Tue, 01 Oct 2013 18:23:45 GMT" (RFC 9110, section 5.6.7).
std::string http_date(Time time);

// ASCII letters only, as names in HTTP are compared.
bool equal_ignoring_case(std::string_view left, std::string_view right);

// Takes the next element off the front of a field's list, without the blanks around it (RFC 9110, section
// 5.6.1). Requires: no separator in quotes.
std::string_view take_element(std::string_view& list, char separator = ',');

}  // namespace hoopoe::net
