#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

#include "store/sql/connection.h"
#include "store/sql/write_in_steps.h"

namespace hoopoe::store::sql {

// Lengths of the log, in pages of 2 KiB (4 KiB in a store that was made when pages were larger).
struct LogLimits {
  // 32 MiB: a pass then writes each page of the file once for many commits, and the file is synced seldom.
  int pages_per_pass = 16384;
  // 128 MiB: from here on the writer brings over what is left, if that is at most so much: some 20 ms.
  int pages_max = 65536;
  int pages_of_writer = 3072;
  // 256 MiB: here it even waits for a pass that is under way.
  int pages_patience = 131072;
};

// Brings what the log holds into the database file, on a thread of its own, so that a commit does not pay for
// it. The log starts anew only after a commit finds all of it brought over, which under steady load never
// happens by itself: where the log has grown too long, the writer brings over the short rest between two
// batches.
//
// SQLite before 3.51.3 can lose commits if a pass starts on a log that is all brought over just while a
// commit starts that log anew ("WAL-reset bug", sqlite.org/wal.html). So the thread starts a pass only after
// a commit that began after the last pass ended: such a log is never all brought over, and is not started
// anew. A pass that the writer makes has no commit beside it.
class Checkpointer {
 public:
  Checkpointer(const ConnectionOptions& options, LogLimits limits);
  ~Checkpointer();

  // The writer's thread: before each transaction, and after one that wrote. log_pages is the length of the
  // log then.
  void batch_begins();
  void batch_ended(int log_pages);

  // Waits for the pass that is under way. The connection stays open: it keeps the index of the log.
  void stop();

  std::int64_t passes() const { return passes_; }

 private:
  enum class Wait { no, yes };

  void run();
  void finish_log(int log_pages, Wait wait);
  // Requires: pass_mutex_ is held.
  void pass();

  const LogLimits limits_;
  // A pass is made by one thread at a time, on this connection.
  std::mutex pass_mutex_;
  WriteInSteps steps_;
  Connection connection_;
  std::uint64_t last_batch_begun_at_pass_ = 0;

  std::atomic<std::uint64_t> last_batch_begun_ = 0;
  std::atomic<std::uint64_t> last_batch_written_ = 0;
  std::atomic<std::int64_t> passes_ = 0;
  std::atomic<int> pages_brought_over_ = 0;

  // Of the writer's thread.
  int pages_at_request_ = 0;
  int pages_at_finish_ = 0;

  std::mutex request_mutex_;
  std::condition_variable requested_;
  bool request_ = false;
  bool stopped_ = false;
  std::thread thread_;
};

}  // namespace hoopoe::store::sql
