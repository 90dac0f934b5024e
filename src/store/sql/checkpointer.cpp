#include "store/sql/checkpointer.h"

#include <sqlite3.h>

#include "base/log.h"

namespace hoopoe::store::sql {

Checkpointer::Checkpointer(const ConnectionOptions& options, LogLimits limits)
    : limits_(limits), connection_(options, Role::writer) {
  steps_.apply_to(connection_.handle());
  thread_ = std::thread([this] { run(); });
}

Checkpointer::~Checkpointer() { stop(); }

void Checkpointer::stop() {
  {
    const std::scoped_lock lock(request_mutex_);
    stopped_ = true;
  }
  requested_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Checkpointer::batch_begins() { ++last_batch_begun_; }

void Checkpointer::batch_ended(int log_pages) {
  last_batch_written_ = last_batch_begun_.load();
  // The log has been started anew.
  if (log_pages < pages_at_request_) pages_at_request_ = pages_at_finish_ = pages_brought_over_ = 0;
  const bool is_long = log_pages >= limits_.pages_max;
  // Of a long log pass after pass, so that only a short rest is left for the writer.
  if (log_pages - pages_at_request_ >= (is_long ? limits_.pages_of_writer : limits_.pages_per_pass)) {
    pages_at_request_ = log_pages;
    {
      const std::scoped_lock lock(request_mutex_);
      request_ = true;
    }
    requested_.notify_one();
  }
  // A reader of old rows can keep the log from being started anew; then the next try is some pages later.
  const bool is_too_long = log_pages >= limits_.pages_patience;
  if (is_too_long && log_pages - pages_at_finish_ >= limits_.pages_per_pass) {
    finish_log(log_pages, Wait::yes);
  } else if (is_long && log_pages - pages_brought_over_ <= limits_.pages_of_writer &&
             log_pages - pages_at_finish_ >= limits_.pages_of_writer) {
    finish_log(log_pages, Wait::no);
  }
}

void Checkpointer::finish_log(int log_pages, Wait wait) {
  std::unique_lock lock(pass_mutex_, std::defer_lock);
  if (wait == Wait::yes) {
    lock.lock();
  } else if (!lock.try_lock()) {
    return;
  }
  pages_at_finish_ = log_pages;
  pass();
}

void Checkpointer::run() {
  while (true) {
    {
      std::unique_lock lock(request_mutex_);
      requested_.wait(lock, [this] { return request_ || stopped_; });
      if (stopped_) return;
      request_ = false;
    }
    const std::scoped_lock lock(pass_mutex_);
    if (last_batch_written_ > last_batch_begun_at_pass_) pass();
  }
}

void Checkpointer::pass() {
  // PASSIVE: as far as it goes without waiting for readers.
  int brought_over = 0;
  const int code = sqlite3_wal_checkpoint_v2(connection_.handle(), "main", SQLITE_CHECKPOINT_PASSIVE, nullptr,
                                             &brought_over);
  last_batch_begun_at_pass_ = last_batch_begun_;
  if (code == SQLITE_OK) pages_brought_over_ = brought_over;
  ++passes_;
  // Nothing is lost by it: the log keeps what it holds until a pass succeeds.
  if (code != SQLITE_OK) log::warning("store: checkpoint: {}", sqlite3_errstr(code));
}

}  // namespace hoopoe::store::sql
