#include "net/io_thread.h"

#include <cerrno>
#include <string_view>
#include <system_error>
#include <utility>

#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/log.h"
#include "net/connection.h"
#include "net/forwarded.h"

namespace hoopoe::net {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::string_view crowded_answer =
    "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 10\r\nConnection: close\r\n\r\n";

IpAddress address_of(const asio::ip::address& address) {
  IpAddress::Bytes bytes = address.is_v6()
                               ? address.to_v6().to_bytes()
                               : asio::ip::make_address_v6(asio::ip::v4_mapped, address.to_v4()).to_bytes();
  return IpAddress(bytes);
}

}  // namespace

IoThread::IoThread(Site& site)
    : site_(site), deadlines_(std::chrono::steady_clock::now()), date_(http_date(system_clock().now())) {
  const int descriptor = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (descriptor < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
  probe_.assign(descriptor);
}

void IoThread::listen(const tcp::endpoint& endpoint) {
  Acceptor acceptor(io_);
  acceptor.open(endpoint.protocol());
  acceptor.set_option(asio::socket_base::reuse_address(true));
  acceptor.set_option(asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>(true));
  if (endpoint.address().is_v6()) acceptor.set_option(asio::ip::v6_only(true));
  acceptor.bind(endpoint);
  acceptor.listen(asio::socket_base::max_listen_connections);
  acceptors_.push_back(std::move(acceptor));
}

std::vector<std::uint16_t> IoThread::ports() const {
  std::vector<std::uint16_t> ports;
  ports.reserve(acceptors_.size());
  for (const auto& acceptor : acceptors_) ports.push_back(acceptor.local_endpoint().port());
  return ports;
}

void IoThread::run() {
  for (auto& acceptor : acceptors_) accept(acceptor);
  wait_for_next_turn();
  await_probe();
  while (!io_.stopped()) {
    try {
      io_.run();
    } catch (const std::exception& error) {
      log::error("net: a callback failed: {}", error.what());
    }
  }
}

void IoThread::accept(Acceptor& acceptor) {
  acceptor.async_accept([this, &acceptor](const error_code& error, Socket socket) {
    if (!acceptor.is_open()) return;
    if (error) {
      paused_.push_back(&acceptor);
      return;
    }
    accept(acceptor);  // first: whatever becomes of this one, others are waiting
    welcome(std::move(socket));
  });
}

void IoThread::welcome(Socket socket) {
  error_code error;
  std::ignore = socket.non_blocking(true, error);
  std::ignore = socket.set_option(tcp::no_delay(true), error);
  const auto endpoint = socket.remote_endpoint(error);
  if (error) return;  // it left already
  const auto peer = address_of(endpoint.address());
  auto ticket =
      site_.admissions.admit(is_trusted(peer, site_.options.trusted_proxies) ? "" : peer.network_key());
  if (!ticket) {
    socket.write_some(asio::buffer(crowded_answer), error);
    return;
  }
  start_connection(*this, std::move(socket), std::move(*ticket), peer);
}

void IoThread::drain() {
  asio::post(io_, [this] {
    draining_ = true;
    error_code ignored;
    for (auto& acceptor : acceptors_) std::ignore = acceptor.close(ignored);
    // A peer may leave the list, and only itself, while it is told.
    for (auto peer = peers_.begin(); peer != peers_.end();) (peer++)->drain();
  });
}

void IoThread::cut_all() {
  for (auto& peer : peers_) peer.cut();
}

void IoThread::wait_for_next_turn() {
  timer_.expires_after(Deadlines::tick);
  timer_.async_wait([this](const error_code& error) {
    if (!error) turn();
  });
}

void IoThread::send_probe() {
  const auto now = StandingWait::Clock::now();
  if (probe_sent_) {
    standing_wait_.note(now - *probe_sent_, now);  // so long at least
    return;
  }
  const std::uint64_t one = 1;
  if (::write(probe_.native_handle(), &one, sizeof one) == sizeof one) probe_sent_ = now;
}

void IoThread::await_probe() {
  probe_.async_wait(asio::posix::descriptor_base::wait_read, [this](const error_code& error) {
    if (error) return;
    std::uint64_t sent = 0;
    const auto now = StandingWait::Clock::now();
    if (::read(probe_.native_handle(), &sent, sizeof sent) == sizeof sent && probe_sent_) {
      standing_wait_.note(now - *std::exchange(probe_sent_, std::nullopt), now);
    }
    await_probe();
  });
}

void IoThread::turn() {
  wait_for_next_turn();
  send_probe();
  date_ = http_date(system_clock().now());
  for (auto* acceptor : std::exchange(paused_, {})) {
    if (acceptor->is_open()) accept(*acceptor);
  }
  deadlines_.advance(std::chrono::steady_clock::now());
}

void IoThread::wake(std::weak_ptr<StreamReader> reader) {
  bool first = false;
  {
    const std::lock_guard lock(woken_mutex_);
    first = woken_.empty();
    woken_.push_back(std::move(reader));
  }
  // One wake-up of the thread for a whole fan-out.
  if (first) asio::post(io_, [this] { call_woken(); });
}

void IoThread::call_woken() {
  std::vector<std::weak_ptr<StreamReader>> woken;
  {
    const std::lock_guard lock(woken_mutex_);
    woken.swap(woken_);
  }
  for (const auto& waiting : woken) {
    if (const auto reader = waiting.lock()) reader->on_stream();
  }
}

}  // namespace hoopoe::net
