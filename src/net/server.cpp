#include "net/server.h"

#include <algorithm>
#include <stdexcept>
#include <thread>
#include <utility>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <fmt/format.h>

#include "base/ensure.h"
#include "base/log.h"
#include "base/refusal.h"
#include "net/io_thread.h"

namespace hoopoe::net {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

tcp::endpoint parse_endpoint(std::string_view text) {
  const auto endpoint = Endpoint::parse(text);
  if (!endpoint) {
    throw std::runtime_error(
        fmt::format("can't listen on \"{}\": write address:port, as in 127.0.0.1:8080", text));
  }
  return {asio::ip::make_address(endpoint->address.str()), endpoint->port};
}

// All io threads listen on one port with SO_REUSEPORT, which would let a second server by the same user in as
// well and have it take half the connections. Without that option, the port can be bound only when it is
// free.
tcp::endpoint reserve(const tcp::endpoint& endpoint) {
  asio::io_context context;
  tcp::acceptor probe(context);
  probe.open(endpoint.protocol());
  probe.set_option(asio::socket_base::reuse_address(true));
  if (endpoint.address().is_v6()) probe.set_option(asio::ip::v6_only(true));
  probe.bind(endpoint);
  probe.listen();
  return probe.local_endpoint();
}

Response render_plainly(const Request&, const std::exception_ptr& failure) {
  Response response{.status = 500};
  response.headers.add("Content-Type", "text/plain; charset=utf-8");
  response.body = "Something went wrong on this server.\n";
  try {
    std::rethrow_exception(failure);
  } catch (const Refusal& refusal) {
    response.status = status_of(refusal.kind);
    response.body = std::string(refusal.what()) + "\n";
  } catch (const std::exception& error) {
    log::error("net: a request failed: {}", error.what());
  }
  return response;
}

}  // namespace

class Server::Running {
 public:
  Running(ServerOptions options, Handler handler) : site_(std::move(options), std::move(handler)) {}

  ~Running() { stop(std::chrono::milliseconds(0)); }

  void start();
  void stop(std::chrono::milliseconds deadline);
  const std::vector<std::uint16_t>& ports() const { return ports_; }

 private:
  Site site_;
  std::vector<std::unique_ptr<IoThread>> io_threads_;  // ended before the site, whose tickets they hold
  std::vector<std::thread> threads_;
  std::vector<std::uint16_t> ports_;
};

void Server::Running::start() {
  ensure(io_threads_.empty(), "a server starts once");
  const auto cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  const int count = site_.options.threads > 0 ? site_.options.threads : cores;
  for (int i = 0; i < count; ++i) io_threads_.push_back(std::make_unique<IoThread>(site_));
  for (const auto& text : site_.options.listen) {
    try {
      const auto endpoint = reserve(parse_endpoint(text));
      for (auto& io_thread : io_threads_) io_thread->listen(endpoint);
      ports_.push_back(endpoint.port());
    } catch (const boost::system::system_error& error) {
      throw std::runtime_error(fmt::format("can't listen on {}: {}", text, error.code().message()));
    }
  }
  for (auto& io_thread : io_threads_) {
    threads_.emplace_back([&io_thread = *io_thread] { io_thread.run(); });
  }
}

void Server::Running::stop(std::chrono::milliseconds deadline) {
  if (threads_.empty()) return;
  for (auto& io_thread : io_threads_) io_thread->drain();
  site_.admissions.wait_until_empty(deadline);
  for (auto& io_thread : io_threads_) io_thread->stop();
  for (auto& thread : threads_) thread.join();
  threads_.clear();
  for (auto& io_thread : io_threads_) io_thread->cut_all();
}

Server::Server(ServerOptions options, Handler handler) {
  if (!options.render_error) options.render_error = render_plainly;
  running_ = std::make_unique<Running>(std::move(options), std::move(handler));
}

Server::~Server() = default;

void Server::start() { running_->start(); }

const std::vector<std::uint16_t>& Server::ports() const { return running_->ports(); }

void Server::stop(std::chrono::milliseconds deadline) { running_->stop(deadline); }

}  // namespace hoopoe::net
