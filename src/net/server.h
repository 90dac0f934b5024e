#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "net/address.h"
#include "net/http.h"
#include "net/task.h"

namespace hoopoe::net {

// Answers one request, on the io thread that its connection belongs to; the request lives until the answer is
// sent. Several run on one thread, interleaved at co_await, so none may block.
using Handler = std::function<Task<Response>(Request&)>;

// Turns what a handler threw, or what was wrong with a body, into an answer.
using ErrorRenderer = std::function<Response(const Request&, const std::exception_ptr&)>;

struct ServerLimits {
  // What browsers send with full cookie jars is under 8 KiB; nginx and Apache allow about as much.
  std::size_t header_bytes_max = std::size_t{16} * 1024;
  std::size_t body_bytes_max = std::size_t{1024} * 1024;
  // Of all bodies together that ServerOptions lets be larger, as far as they have come; and of those of one
  // holder.
  std::size_t large_bodies_bytes_max = std::size_t{256} << 20;
  std::size_t large_bodies_of_one_bytes_max = std::size_t{64} << 20;
  int connections_max = 50'000;
  // Per address (IPv6: per /64), trusted proxies excepted. Carrier NAT puts hundreds of phones behind one.
  int connections_per_address_max = 512;

  std::chrono::milliseconds header_timeout = std::chrono::seconds(10);  // from the first byte to the last
  std::chrono::milliseconds idle_timeout = std::chrono::seconds(60);    // between requests
  // A body, or an answer to a slow reader, has this long and then as long as its bytes so far need at the
  // slowest rate that is waited for: a 2G phone has 2 KB/s and more.
  std::chrono::milliseconds transfer_timeout = std::chrono::seconds(15);
  std::size_t transfer_bytes_per_second_min = 1'024;
  // And never longer than this without a byte: who was fast at first earns no hours of silence.
  std::chrono::milliseconds stall_timeout = std::chrono::seconds(60);
};

// How large the body of a request may be, and on whose account it is in memory where it is a large one.
struct BodyAllowance {
  std::size_t bytes_max = 0;
  std::string holder;
};

struct ServerOptions {
  // "address:port", "[v6 address]:port"; port 0 takes a free one.
  std::vector<std::string> listen{"127.0.0.1:8080"};
  int threads = 0;  // 0: as many as cores
  // X-Forwarded-For and X-Forwarded-Proto are believed from these only.
  std::vector<Cidr> trusted_proxies;
  ServerLimits limits;
  // A larger (or smaller) body limit for some requests, known by their head. May be empty. Where too much of
  // larger ones is in memory already, the request is refused (Refusal{unavailable}).
  std::function<BodyAllowance(const Request&)> body_allowance;
  // Where even those who are served first have been waiting for longer than this, of late, the request is
  // refused (Refusal{unavailable}): so those who can wait least go last. Empty: nobody is.
  std::function<std::chrono::milliseconds(const Request&)> wait_max;
  // Empty: plain text.
  ErrorRenderer render_error;
};

// An HTTP/1.1 server: one io thread a core, each with its own listening socket and connections.
//
// Malformed requests are refused with a 4xx in plain text (a Request doesn't exist yet) and closed. What a
// handler throws is caught in one place and rendered by render_error, as is a body that is too large, slow or
// broken.
class Server {
 public:
  Server(ServerOptions options, Handler handler);
  // Stops at once if it runs. Whatever handlers wait for must have ended, or never complete: suspended
  // handlers are destroyed here, not in stop(), so that a completion that comes in between finds them alive.
  ~Server();

  // Listens and returns. Throws std::runtime_error with a text for the operator: a bad address, a port in
  // use.
  void start();
  // The ports that are listened on, in the order of `listen`. Requires: started.
  const std::vector<std::uint16_t>& ports() const;

  // No new connections; idle ones close, running requests finish, streams send what they have and close. What
  // is left at the deadline is cut. From any thread but the server's own; returns when the threads have
  // ended.
  void stop(std::chrono::milliseconds deadline);

 private:
  class Running;

  std::unique_ptr<Running> running_;
};

}  // namespace hoopoe::net
