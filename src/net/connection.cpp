#include "net/connection.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include "base/ensure.h"
#include "base/log.h"
#include "base/refusal.h"
#include "net/event_stream.h"
#include "net/forwarded.h"
#include "net/request_parser.h"
#include "net/response_head.h"
#include "net/websocket.h"

namespace hoopoe::net {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Moment = Waiter::Moment;

// After a refusal the client may still be sending. Closing then would reset the connection and take the
// answer with it, so its bytes are read and dropped for a while (RFC 9112, section 9.6).
constexpr std::chrono::seconds linger_timeout{2};
constexpr std::size_t linger_bytes_max = std::size_t{1024} * 1024;

// Below it nobody is asked whether a request may wait so long.
constexpr std::chrono::milliseconds shortest_wait_told{1};

const std::string continue_answer = "HTTP/1.1 100 Continue\r\n\r\n";
const std::string last_chunk = "0\r\n\r\n";
const std::string no_bytes;

auto waiting(error_code& error) { return asio::redirect_error(asio::use_awaitable_t<Executor>(), error); }

Moment now() { return std::chrono::steady_clock::now(); }

// One client's HTTP/1.1 connection. Requests are served one after the other, so that pipelined ones are
// answered in their order.
class Connection final : public Peer {
 public:
  Connection(IoThread& thread, Socket socket, Admissions::Ticket ticket, const IpAddress& peer)
      : thread_(thread), socket_(std::move(socket)), ticket_(std::move(ticket)), peer_(peer) {
    thread_.add(*this);
  }

  // Serves one request. False when it was the last.
  Task<bool> serve();

  void drain() override {
    if (idle_) cancel(socket_);
  }

  void cut() override { close(socket_); }

 private:
  const ServerOptions& options() const { return thread_.site().options; }
  const ServerLimits& limits() const { return thread_.site().options.limits; }

  Task<std::optional<ParseError>> read_head(RequestParser& parser, Request& request);
  Task<void> read_body(RequestParser& parser, Request& request, std::optional<BodyBudget::Share>& share);
  Task<bool> fill();
  Task<bool> answer(const Request& request, Response& response, Ending ending);
  Task<bool> write(const std::string& head, const std::string& body);
  Task<bool> write_from(const Response& response, Ending ending);
  enum class Framing { none, chunks };
  Task<bool> write_parts(const Response& response, Framing framing);
  Task<void> refuse(const ParseError& error);
  Task<void> linger();
  Response render(const Request& request, const std::exception_ptr& failure) const;
  void refuse_if_crowded(const Request& request);

  void allow(std::chrono::milliseconds time) { thread_.deadlines().set(*this, now() + time); }
  // The slower the line, the longer it may take, down to the slowest rate that is waited for.
  void allow_transfer(Moment began, std::size_t bytes) {
    const std::chrono::seconds earned(bytes / limits().transfer_bytes_per_second_min);
    thread_.deadlines().set(
        *this, std::min(began + limits().transfer_timeout + earned, now() + limits().stall_timeout));
  }

  void on_deadline() override {
    late_ = true;
    cancel(socket_);
  }

  IoThread& thread_;
  Socket socket_;
  Admissions::Ticket ticket_;
  const IpAddress peer_;
  std::string input_;  // received and not yet used
  bool first_ = true;  // no request yet
  bool idle_ = false;  // waits for the first byte of a request
  bool late_ = false;  // a deadline passed
  bool gone_ = false;  // the client left, or was left after it was silent for too long
};

Task<bool> Connection::serve() {
  Request request;
  RequestParser parser(limits().header_bytes_max);
  const auto malformed = co_await read_head(parser, request);
  if (gone_) co_return false;
  if (malformed) {
    co_await refuse(*malformed);
    co_return false;
  }
  set_client(request, peer_, options().trusted_proxies);
  Response response;
  std::exception_ptr failure;
  std::optional<BodyBudget::Share> share;
  try {
    co_await read_body(parser, request, share);
    if (gone_) co_return false;
    refuse_if_crowded(request);
    response = co_await thread_.site().handler(request);
    check(request, response);
  } catch (...) {
    failure = std::current_exception();
  }
  if (failure) response = render(request, failure);
  const bool keep_alive = parser.done() && parser.keep_alive() && !thread_.draining();
  const Ending closing = parser.is_http11() ? Ending::close : Ending::close_of_http10;
  const bool sent = co_await answer(request, response, keep_alive ? Ending::keep_alive : closing);
  if (sent && !parser.done()) co_await linger();
  if (input_.empty()) input_.shrink_to_fit();
  co_return sent&& keep_alive;
}

// Nothing when a head arrived, or the client is gone.
Task<std::optional<ParseError>> Connection::read_head(RequestParser& parser, Request& request) {
  idle_ = input_.empty();
  allow(idle_ && !std::exchange(first_, false) ? limits().idle_timeout : limits().header_timeout);
  while (true) {
    if (!input_.empty()) {
      const auto taken = parser.head(input_, request);
      if (!taken) co_return taken.error();
      input_.erase(0, *taken);
      if (*taken > 0) co_return std::nullopt;
    }
    if (thread_.draining() && input_.empty()) gone_ = true;
    if (gone_ || !co_await fill()) break;
    if (std::exchange(idle_, false)) allow(limits().header_timeout);
  }
  idle_ = false;
  if (!late_ || input_.empty()) gone_ = true;
  if (gone_) co_return std::nullopt;
  co_return ParseError{.status = 408, .text = "The request's head came too slowly."};
}

// Throws the refusal of a body that is too large, too slow or malformed.
Task<void> Connection::read_body(RequestParser& parser, Request& request,
                                 std::optional<BodyBudget::Share>& share) {
  Deadlines::clear(*this);
  if (parser.done()) co_return;
  const BodyAllowance allowance = options().body_allowance
                                      ? options().body_allowance(request)
                                      : BodyAllowance{.bytes_max = limits().body_bytes_max, .holder = ""};
  share.emplace(thread_.site().large_bodies, allowance.holder);
  const auto began = now();
  while (true) {
    const auto taken = parser.body(input_, allowance.bytes_max, request.body);
    if (!taken) {
      const auto kind = taken.error().status == 413 ? RefusalKind::too_large : RefusalKind::bad_request;
      throw Refusal(kind, std::string(taken.error().text));
    }
    input_.erase(0, *taken);
    if (request.body.size() > limits().body_bytes_max && !share->grow_to(request.body.size())) {
      throw Refusal(RefusalKind::unavailable, "Too much is being uploaded at once. Please try again soon.");
    }
    if (parser.done()) break;
    const bool begins = request.body.empty() && input_.empty();
    if (begins && parser.expects_continue() && !co_await write(continue_answer, no_bytes)) gone_ = true;
    allow_transfer(began, request.body.size());
    if (gone_ || !co_await fill()) break;
  }
  Deadlines::clear(*this);
  if (std::exchange(late_, false)) throw Refusal(RefusalKind::bad_request, "The body came too slowly.");
}

// Waits for bytes and adds them to input_. False when none will come: gone_, or late_.
Task<bool> Connection::fill() {
  while (true) {
    error_code error;
    co_await socket_.async_wait(Socket::wait_read, waiting(error));
    if (late_) co_return false;
    std::size_t size = 0;
    if (!error)
      size = socket_.read_some(asio::buffer(thread_.scratch().data(), thread_.scratch().size()), error);
    if (error == asio::error::would_block) continue;
    if (error) {
      gone_ = true;
      co_return false;
    }
    input_.append(thread_.scratch().data(), size);
    co_return true;
  }
}

// False when that was the connection's last answer: it couldn't be sent, or the connection is a stream now.
Task<bool> Connection::answer(const Request& request, Response& response, Ending ending) {
  if (response.websocket && !input_.empty()) {
    response.websocket->out->leave();
    co_await refuse({.status = 400, .text = "Frames of a WebSocket come after the answer to its handshake."});
    co_return false;
  }
  if (response.websocket) {
    start_websocket(thread_, std::move(socket_), std::move(ticket_), request, std::move(*response.websocket));
    co_return false;
  }
  if (response.stream && ending == Ending::keep_alive) ending = Ending::close;
  const auto head = response_head(response, thread_.date(), ending);
  const bool body_follows = request.method != Method::head && may_have_body(response.status);
  const bool sent = co_await write(head, body_follows ? response.content() : no_bytes);
  if (response.source) co_return sent && (!body_follows || co_await write_from(response, ending));
  if (!response.stream) co_return sent;
  if (sent && body_follows) {
    start_event_stream(thread_, std::move(socket_), std::move(ticket_), std::move(response.stream));
  } else {
    response.stream->leave();
  }
  co_return false;
}

Task<bool> Connection::write(const std::string& head, const std::string& body) {
  const auto began = now();
  const auto size = head.size() + body.size();
  std::size_t sent = 0;
  while (sent < size) {
    const std::array buffers{asio::buffer(head) + sent,
                             asio::buffer(body) + (sent - std::min(sent, head.size()))};
    error_code error;
    sent += socket_.write_some(buffers, error);
    if (error == asio::error::would_block) {
      allow_transfer(began, sent);
      co_await socket_.async_wait(Socket::wait_write, waiting(error));
      Deadlines::clear(*this);
    }
    if (error || late_) co_return false;
  }
  co_return true;
}

// However it ends before the last part, by a failure, a slow reader or the end of the process: the connection
// is reset, so that no reader takes for whole what only a close would end.
Task<bool> Connection::write_from(const Response& response, Ending ending) {
  error_code error;
  std::ignore = socket_.set_option(Socket::linger(true, 0), error);
  const bool in_chunks = !response.source_bytes && ending != Ending::close_of_http10;
  if (!co_await write_parts(response, in_chunks ? Framing::chunks : Framing::none)) {
    close(socket_);  // which the end of the object would do without a reset
    co_return false;
  }
  std::ignore = socket_.set_option(Socket::linger(false, 0), error);
  co_return !in_chunks || co_await write(last_chunk, no_bytes);
}

Task<bool> Connection::write_parts(const Response& response, Framing framing) {
  std::size_t sent = 0;
  try {
    while (auto part = co_await response.source()) {
      ensure(!part->empty(), "a part of a body has bytes");  // a chunk of none would end it
      sent += part->size();
      std::string size;
      if (framing == Framing::chunks) {
        size = fmt::format("{:x}\r\n", part->size());
        *part += "\r\n";
      }
      if (!co_await write(size, *part)) co_return false;
    }
    ensure(!response.source_bytes || sent == *response.source_bytes, "a body has the length that was told");
  } catch (const std::exception& failure) {
    log::error("net: an answer broke off: {}", failure.what());
    co_return false;
  }
  co_return true;
}

Task<void> Connection::refuse(const ParseError& error) {
  Response response;
  response.status = error.status;
  response.headers.add("Content-Type", "text/plain; charset=utf-8");
  // RFC 9110, 15.5.6: of a method that no address takes.
  if (error.status == 405) response.headers.add("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  response.body = std::string(error.text) + "\n";
  late_ = false;
  const auto head = response_head(response, thread_.date(), Ending::close);
  if (co_await write(head, response.body)) co_await linger();
}

Task<void> Connection::linger() {
  error_code error;
  std::ignore = socket_.shutdown(Socket::shutdown_send, error);
  late_ = false;
  allow(linger_timeout);
  for (std::size_t dropped = 0; dropped < linger_bytes_max; dropped += std::exchange(input_, {}).size()) {
    if (!co_await fill()) break;
  }
}

void Connection::refuse_if_crowded(const Request& request) {
  const auto wait = thread_.standing_wait();
  if (wait < shortest_wait_told || !options().wait_max || wait <= options().wait_max(request)) return;
  throw Refusal(RefusalKind::unavailable, "Too many ask at once. Try again in a moment.");
}

Response Connection::render(const Request& request, const std::exception_ptr& failure) const {
  try {
    auto response = options().render_error(request, failure);
    check(request, response);
    return response;
  } catch (const std::exception& error) {
    log::error("net: an error couldn't be rendered: {}", error.what());
  }
  Response response;
  response.status = 500;
  return response;
}

Task<void> run(IoThread& thread, Socket socket, Admissions::Ticket ticket, IpAddress peer) {
  Connection connection(thread, std::move(socket), std::move(ticket), peer);
  bool more = true;
  while (more) more = co_await connection.serve();
}

}  // namespace

void start_connection(IoThread& thread, Socket socket, Admissions::Ticket ticket, const IpAddress& peer) {
  const auto executor = socket.get_executor();
  asio::co_spawn(executor, run(thread, std::move(socket), std::move(ticket), peer),
                 [](std::exception_ptr failure) {
                   if (!failure) return;
                   try {
                     std::rethrow_exception(std::move(failure));
                   } catch (const std::exception& error) {
                     log::error("net: a connection failed: {}", error.what());
                   }
                 });
}

}  // namespace hoopoe::net
