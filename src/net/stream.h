#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace hoopoe::net {

using Message = std::shared_ptr<const std::string>;  // shared by all the readers it goes to

// When a stream ends by itself. A poll is answered by the first message, or by nothing once the heartbeat's
// interval is over: for readers behind what holds back an answer until it is whole.
enum class StreamEnds { never, after_first_message };

struct StreamOptions {
  // Sent when the reader has been quiet for so long, so that proxies keep the connection and a reader that
  // left without a word is noticed. Server-sent events send `heartbeat` (":thump\n\n"); a WebSocket sends a
  // ping.
  Message heartbeat;
  std::chrono::milliseconds heartbeat_interval = std::chrono::seconds(15);  // as Mastodon's streaming server
  StreamEnds ends = StreamEnds::never;
};

// The side of a stream that writes to one socket; lives on one io thread.
class StreamReader {
 public:
  virtual ~StreamReader() = default;
  // There is something to take, or the stream was closed.
  virtual void on_stream() = 0;

 protected:
  StreamReader() = default;
  StreamReader(const StreamReader&) = delete;
  StreamReader& operator=(const StreamReader&) = delete;
};

// Brings on_stream calls to an io thread; one for each such thread.
class Waker {
 public:
  // From any thread.
  virtual void wake(std::weak_ptr<StreamReader> reader) = 0;

 protected:
  ~Waker() = default;
};

// One reader's bounded queue of outgoing messages: an SSE answer or a WebSocket. Publishers keep a weak_ptr:
// the server drops its own reference when the reader leaves. Every function may be called from any thread.
class Stream {
 public:
  explicit Stream(StreamOptions options = {}) : options_(std::move(options)) {}

  // Queues a message, in order. False when it is closed: by close(), because the reader left, or because this
  // reader is so slow that the queue is full. Such a reader is dropped and comes back.
  bool send(Message message);
  // No more messages. What is queued still goes out, then the connection closes.
  void close();
  bool closed() const;

  const StreamOptions& options() const { return options_; }

  // --- For the server's side of the connection.
  // From now on the waker is told, once until the next take(). Told at once if something is there already.
  void attach(Waker& waker, std::weak_ptr<StreamReader> reader);
  // Moves what is queued to the end of `out`. False once closed and nothing is left to come.
  bool take(std::vector<Message>& out);
  // The reader left: closed, the queue dropped, the waker forgotten.
  void leave();

 private:
  void wake();  // Requires: mutex_ held.

  const StreamOptions options_;
  mutable std::mutex mutex_;
  std::vector<Message> queue_;
  std::size_t queue_bytes_ = 0;
  bool closed_ = false;
  bool woken_ = false;
  Waker* waker_ = nullptr;
  std::weak_ptr<StreamReader> reader_;
};

}  // namespace hoopoe::net
