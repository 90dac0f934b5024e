#include "net/stream.h"

#include <iterator>
#include <utility>

namespace hoopoe::net {
namespace {

// A reader this far behind is dropped and resumes from what it saw last: about 100 updates of 2.5 KB, more
// than a phone misses while it changes from wifi to a mobile network.
constexpr std::size_t stream_queue_bytes_max = std::size_t{256} * 1024;

}  // namespace

bool Stream::send(Message message) {
  const std::lock_guard lock(mutex_);
  if (closed_) return false;
  if (queue_bytes_ + message->size() > stream_queue_bytes_max) {
    closed_ = true;
    queue_.clear();
    wake();
    return false;
  }
  queue_bytes_ += message->size();
  queue_.push_back(std::move(message));
  closed_ = options_.ends == StreamEnds::after_first_message;
  wake();
  return true;
}

void Stream::close() {
  const std::lock_guard lock(mutex_);
  if (closed_) return;
  closed_ = true;
  wake();
}

bool Stream::closed() const {
  const std::lock_guard lock(mutex_);
  return closed_;
}

void Stream::attach(Waker& waker, std::weak_ptr<StreamReader> reader) {
  const std::lock_guard lock(mutex_);
  waker_ = &waker;
  reader_ = std::move(reader);
  if (closed_ || !queue_.empty()) wake();
}

bool Stream::take(std::vector<Message>& out) {
  const std::lock_guard lock(mutex_);
  woken_ = false;
  const bool open = !closed_ || !queue_.empty();
  if (out.empty()) {
    out.swap(queue_);
  } else {
    out.insert(out.end(), std::make_move_iterator(queue_.begin()), std::make_move_iterator(queue_.end()));
  }
  queue_.clear();
  queue_bytes_ = 0;
  return open;
}

void Stream::leave() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  queue_.clear();
  queue_bytes_ = 0;
  waker_ = nullptr;
  reader_.reset();
}

void Stream::wake() {
  if (woken_ || waker_ == nullptr) return;
  woken_ = true;
  // Under the lock: after leave() no one touches the waker, which ends with its server.
  waker_->wake(reader_);
}

}  // namespace hoopoe::net
