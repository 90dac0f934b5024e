#pragma once

#include <array>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include "net/admissions.h"
#include "net/body_budget.h"
#include "net/deadlines.h"
#include "net/server.h"
#include "net/standing_wait.h"
#include "net/stream.h"
#include "net/task.h"

namespace hoopoe::net {

using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Executor>;
using Acceptor = boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, Executor>;

// Whether these worked changes nothing for a socket that ends.
inline void close(Socket& socket) {
  boost::system::error_code ignored;
  std::ignore = socket.close(ignored);
}
inline void cancel(Socket& socket) {
  boost::system::error_code ignored;
  std::ignore = socket.cancel(ignored);
}

// One open connection of an io thread, in whichever form it is: HTTP, server-sent events, WebSocket.
class Peer : public Waiter,
             public boost::intrusive::list_base_hook<
                 boost::intrusive::tag<class PeerTag>,
                 boost::intrusive::link_mode<boost::intrusive::link_mode_type::auto_unlink>> {
 public:
  virtual void drain() = 0;  // end in good order: what is under way goes out first
  virtual void cut() = 0;    // close the socket now
};

// What all io threads share. Only admissions and large_bodies change while they run.
struct Site {
  Site(ServerOptions given, Handler answers)
      : options(std::move(given)),
        handler(std::move(answers)),
        admissions(options.limits.connections_max, options.limits.connections_per_address_max),
        large_bodies(options.limits.large_bodies_bytes_max, options.limits.large_bodies_of_one_bytes_max) {}

  const ServerOptions options;
  const Handler handler;
  Admissions admissions;
  BodyBudget large_bodies;
};

// One thread, its io_context, its listening sockets and its connections. A connection never leaves its
// thread, so that nothing of it needs a lock.
class IoThread final : public Waker {
 public:
  explicit IoThread(Site& site);

  // --- From the thread that owns the server.
  // Requires: before run().
  void listen(const boost::asio::ip::tcp::endpoint& endpoint);
  std::vector<std::uint16_t> ports() const;
  void run();    // the body of the thread, until stop()
  void drain();  // from any thread: no new connections, and each open one ends in good order
  void stop() { io_.stop(); }
  void cut_all();  // Requires: run() returned.

  // --- For the connections, on the thread itself.
  void add(Peer& peer) { peers_.push_back(peer); }
  Site& site() { return site_; }
  const Site& site() const { return site_; }
  Deadlines& deadlines() { return deadlines_; }
  bool draining() const { return draining_; }
  const std::string& date() const { return date_; }  // for the Date header, right to the second
  // How long a request waits at least, of late, before it is read.
  StandingWait::Clock::duration standing_wait() { return standing_wait_.at(StandingWait::Clock::now()); }
  // Where bytes are received before they go where they belong, so that an idle connection holds no buffer.
  // What is in it lasts until the next co_await or return.
  std::span<char> scratch() { return scratch_; }

  void wake(std::weak_ptr<StreamReader> reader) override;

 private:
  void accept(Acceptor& acceptor);
  void welcome(Socket socket);
  void turn();
  void send_probe();
  void await_probe();
  void wait_for_next_turn();
  void call_woken();

  Site& site_;
  // Ended after io_, whose pending operations own the connections that are in these lists.
  Deadlines deadlines_;
  boost::intrusive::list<Peer,
                         boost::intrusive::base_hook<boost::intrusive::list_base_hook<
                             boost::intrusive::tag<class PeerTag>,
                             boost::intrusive::link_mode<boost::intrusive::link_mode_type::auto_unlink>>>,
                         boost::intrusive::constant_time_size<false>>
      peers_;
  bool draining_ = false;
  std::string date_;
  std::array<char, std::size_t{64} * 1024> scratch_;

  std::mutex woken_mutex_;
  std::vector<std::weak_ptr<StreamReader>> woken_;

  boost::asio::io_context io_{1};  // one thread runs it
  boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                    boost::asio::wait_traits<std::chrono::steady_clock>, Executor>
      timer_{io_};
  // An eventfd. It comes to its turn as a request does: behind all that became readable before it.
  boost::asio::posix::basic_stream_descriptor<Executor> probe_{io_};
  std::optional<StandingWait::Clock::time_point> probe_sent_;  // and not yet back
  StandingWait standing_wait_;
  std::vector<Acceptor> acceptors_;
  std::vector<Acceptor*> paused_;  // after a failure, such as too many open files; go on at the next turn
};

}  // namespace hoopoe::net
