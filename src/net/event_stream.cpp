#include "net/event_stream.h"

#include <algorithm>
#include <array>
#include <utility>

namespace hoopoe::net {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

// How long a reader that takes nothing keeps its place; its queue may fill up before.
constexpr std::chrono::seconds stalled_timeout{30};
constexpr std::size_t messages_per_write_max = 64;  // Asio gathers as many buffers in one call

class EventStream final : public Peer, public StreamReader, public std::enable_shared_from_this<EventStream> {
 public:
  EventStream(IoThread& thread, Socket socket, Admissions::Ticket ticket, std::shared_ptr<Stream> stream)
      : thread_(thread), socket_(std::move(socket)), ticket_(std::move(ticket)), stream_(std::move(stream)) {}

  ~EventStream() override { stream_->leave(); }

  void start() {
    thread_.add(*this);
    watch();
    stream_->attach(thread_, weak_from_this());
    wait_for_heartbeat();
  }

  void on_stream() override { pump(); }

  void drain() override { stream_->close(); }

  // The pending waits end with an error, and with them the last reference to this.
  void cut() override {
    close(socket_);
    stream_->leave();
  }

 private:
  void watch();
  void pump();
  bool write();
  void wait_until_writable();

  void wait_for_heartbeat() {
    thread_.deadlines().set(*this, std::chrono::steady_clock::now() + stream_->options().heartbeat_interval);
  }

  void on_deadline() override {
    const auto self = shared_from_this();
    if (stalled_) return cut();
    if (stream_->options().ends == StreamEnds::after_first_message) return stream_->close();
    if (stream_->options().heartbeat) outgoing_.push_back(stream_->options().heartbeat);
    wait_for_heartbeat();
    pump();
  }

  IoThread& thread_;
  Socket socket_;
  Admissions::Ticket ticket_;
  const std::shared_ptr<Stream> stream_;  // shared with its publishers
  std::vector<Message> outgoing_;         // taken from the stream and not yet sent whole
  std::size_t sent_ = 0;                  // bytes of the first of them
  bool stalled_ = false;                  // waits until the socket takes more
};

// A reader sends nothing: what can be read is its leaving, or bytes that no one asked for, which are dropped.
void EventStream::watch() {
  socket_.async_wait(Socket::wait_read, [self = shared_from_this()](error_code error) {
    const auto scratch = self->thread_.scratch();
    if (!error) self->socket_.read_some(asio::buffer(scratch.data(), scratch.size()), error);
    if (error && error != asio::error::would_block) return self->cut();
    self->watch();
  });
}

void EventStream::pump() {
  while (!stalled_ && socket_.is_open()) {
    if (outgoing_.empty()) {
      const bool open = stream_->take(outgoing_);
      if (outgoing_.empty()) {
        outgoing_.shrink_to_fit();
        return open ? void() : cut();
      }
      wait_for_heartbeat();
    }
    if (!write()) return cut();
  }
}

// Writes what the socket takes at once. False when the reader left.
bool EventStream::write() {
  std::array<asio::const_buffer, messages_per_write_max> buffers;
  const auto count = std::min(outgoing_.size(), buffers.size());
  for (std::size_t i = 0; i < count; ++i) buffers[i] = asio::buffer(*outgoing_[i]);
  buffers[0] += sent_;
  error_code error;
  sent_ += socket_.write_some(buffers, error);
  if (error == asio::error::would_block) {
    wait_until_writable();
    return true;
  }
  auto done = outgoing_.begin();
  while (done != outgoing_.end() && sent_ >= (*done)->size()) sent_ -= (*done++)->size();
  outgoing_.erase(outgoing_.begin(), done);
  return !error;
}

void EventStream::wait_until_writable() {
  stalled_ = true;
  thread_.deadlines().set(*this, std::chrono::steady_clock::now() + stalled_timeout);
  socket_.async_wait(Socket::wait_write, [self = shared_from_this()](const error_code& error) {
    if (error) return self->cut();
    self->stalled_ = false;
    self->wait_for_heartbeat();
    self->pump();
  });
}

}  // namespace

void start_event_stream(IoThread& thread, Socket socket, Admissions::Ticket ticket,
                        std::shared_ptr<Stream> stream) {
  std::make_shared<EventStream>(thread, std::move(socket), std::move(ticket), std::move(stream))->start();
}

}  // namespace hoopoe::net
