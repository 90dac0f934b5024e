#include "net/websocket.h"

#include <deque>
#include <utility>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>

#include "base/log.h"

namespace hoopoe::net {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace ws = boost::beast::websocket;
using boost::system::error_code;

// A client sends subscriptions of some dozen bytes; this leaves room and bounds what one may make the server
// hold.
constexpr std::size_t message_bytes_max = std::size_t{64} * 1024;
// The handshake, a write to a slow reader, the answer to a ping, the answer to a close: each has this long.
constexpr std::chrono::seconds answer_timeout{30};

// Callbacks, not coroutines: an idle socket then costs one pending read. No deflate: its window is 82 KB a
// socket.
class WebSocketPeer final : public Peer,
                            public StreamReader,
                            public std::enable_shared_from_this<WebSocketPeer> {
 public:
  WebSocketPeer(IoThread& thread, Socket socket, Admissions::Ticket ticket, WebSocket websocket)
      : thread_(thread),
        ticket_(std::move(ticket)),
        stream_(std::move(websocket.out)),
        on_message_(std::move(websocket.on_message)),
        subprotocol_(std::move(websocket.subprotocol)),
        socket_(std::move(socket)) {}

  ~WebSocketPeer() override { stream_->leave(); }

  void start(const Request& request);
  void on_stream() override { pump(); }

  void drain() override {
    going_away_ = true;
    stream_->close();
  }

  // The pending operations end with an error, and with them the last reference to this. A read that has to
  // close because of what it read, and a close that waits for the read, wait for each other inside of Beast:
  // those would not notice that the socket ended, and are told.
  void cut() override {
    net::close(socket_.next_layer());
    stream_->leave();
    asio::post(socket_.get_executor(), [self = shared_from_this()] {
      self->closing_cancel_.emit(asio::cancellation_type::terminal);
      self->reading_cancel_.emit(asio::cancellation_type::terminal);
    });
  }

 private:
  void set_up();
  void open();
  void read();
  void receive();
  void pump();
  void write();
  void ping();
  void close(ws::close_code code);

  void allow(std::chrono::milliseconds time) {
    thread_.deadlines().set(*this, std::chrono::steady_clock::now() + time);
  }

  // From here the client has to do something: finish the handshake, take bytes, answer a ping or a close.
  void wait_for_client() {
    waits_for_client_ = true;
    allow(answer_timeout);
  }

  // The client showed that it is there. Quiet may last as long as the heartbeat's interval now.
  void rest() {
    if (!writing_.empty() || closing_) return;
    waits_for_client_ = false;
    allow(stream_->options().heartbeat_interval);
  }

  void on_deadline() override {
    const auto self = shared_from_this();
    if (waits_for_client_ || pinging_) return cut();
    ping();
  }

  IoThread& thread_;
  Admissions::Ticket ticket_;
  const std::shared_ptr<Stream> stream_;  // shared with its publishers
  const std::function<void(std::string_view)> on_message_;
  const std::string subprotocol_;
  ws::stream<Socket, false> socket_;
  beast::flat_buffer input_{message_bytes_max};
  std::vector<Message> taken_;   // from the stream
  std::deque<Message> writing_;  // the first of them is being written
  bool waits_for_client_ = true;
  bool pinging_ = false;
  bool closing_ = false;
  bool going_away_ = false;
  asio::cancellation_signal reading_cancel_;
  asio::cancellation_signal closing_cancel_;
};

void WebSocketPeer::start(const Request& request) {
  thread_.add(*this);
  wait_for_client();
  set_up();
  beast::http::request<beast::http::empty_body> handshake(beast::http::verb::get, request.target, 11);
  for (const auto* field : {"Host", "Connection", "Upgrade", "Sec-WebSocket-Key", "Sec-WebSocket-Version"}) {
    handshake.set(field, request.header(field));
  }
  // A handshake that isn't one is answered by Beast, and the socket closes with this object.
  socket_.async_accept(handshake, [self = shared_from_this()](const error_code& error) {
    if (!error) self->open();
  });
}

void WebSocketPeer::set_up() {
  socket_.read_message_max(message_bytes_max);
  socket_.auto_fragment(false);
  socket_.text(true);
  // The thread's deadlines do what Beast's timers would.
  socket_.set_option(ws::stream_base::timeout{ws::stream_base::none(), ws::stream_base::none(), false});
  socket_.set_option(ws::stream_base::decorator([this](ws::response_type& response) {
    response.set(beast::http::field::date, thread_.date());
    if (!subprotocol_.empty()) response.set(beast::http::field::sec_websocket_protocol, subprotocol_);
  }));
  socket_.control_callback([this](ws::frame_type, beast::string_view) { rest(); });
}

void WebSocketPeer::open() {
  rest();
  stream_->attach(thread_, weak_from_this());
  read();
}

void WebSocketPeer::read() {
  socket_.async_read(
      input_, asio::bind_cancellation_slot(reading_cancel_.slot(),
                                           [self = shared_from_this()](const error_code& error, std::size_t) {
                                             if (error) return self->cut();
                                             self->receive();
                                           }));
}

void WebSocketPeer::receive() {
  // What comes before the client's own close is nobody's; the close reads past it.
  if (closing_) return;
  if (!socket_.got_text()) return close(ws::close_code::unknown_data);
  rest();
  try {
    const auto bytes = input_.cdata();
    if (on_message_) on_message_({static_cast<const char*>(bytes.data()), bytes.size()});
  } catch (const std::exception& error) {
    log::error("net: a WebSocket message failed: {}", error.what());
    return close(ws::close_code::internal_error);
  }
  input_.clear();
  input_.shrink_to_fit();
  read();
}

void WebSocketPeer::pump() {
  if (!writing_.empty() || closing_) return;
  const bool open = stream_->take(taken_);
  writing_.assign(std::make_move_iterator(taken_.begin()), std::make_move_iterator(taken_.end()));
  taken_ = {};
  if (!writing_.empty()) return write();
  if (!open) close(going_away_ ? ws::close_code::going_away : ws::close_code::normal);
}

void WebSocketPeer::write() {
  wait_for_client();
  socket_.async_write(asio::buffer(*writing_.front()),
                      [self = shared_from_this()](const error_code& error, std::size_t) {
                        if (error) return self->cut();
                        self->writing_.pop_front();
                        if (!self->writing_.empty()) return self->write();
                        self->rest();
                        self->pump();
                      });
}

void WebSocketPeer::ping() {
  wait_for_client();
  pinging_ = true;
  socket_.async_ping({}, [self = shared_from_this()](const error_code& error) {
    self->pinging_ = false;
    if (error) self->cut();
  });
}

void WebSocketPeer::close(ws::close_code code) {
  if (std::exchange(closing_, true)) return;
  wait_for_client();
  stream_->leave();
  socket_.async_close(
      code, asio::bind_cancellation_slot(closing_cancel_.slot(),
                                         [self = shared_from_this()](const error_code&) { self->cut(); }));
}

}  // namespace

void start_websocket(IoThread& thread, Socket socket, Admissions::Ticket ticket, const Request& request,
                     WebSocket websocket) {
  std::make_shared<WebSocketPeer>(thread, std::move(socket), std::move(ticket), std::move(websocket))
      ->start(request);
}

}  // namespace hoopoe::net
