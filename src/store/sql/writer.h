#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/id_source.h"
#include "store/sql/access.h"
#include "store/sql/bounded_queue.h"
#include "store/sql/checkpointer.h"
#include "store/sql/gathered_log.h"
#include "store/sql/job.h"

namespace hoopoe::store::sql {

struct WriterOptions {
  ConnectionOptions connection;
  const Clock* clock = nullptr;
  int node = 0;
  std::chrono::milliseconds deadline{2000};  // of one write
  LastChanges* changes = nullptr;            // required
  std::function<void()> on_commit = nullptr;
};

// The one thread that changes the database. It takes all writes that wait, runs each inside a savepoint,
// commits once, and then gives all of them back: what they share is the wait for the disk. A write that
// throws takes back itself alone. Where the disk fails, the whole batch is refused, and the next one starts
// on a new connection.
class Writer {
 public:
  // Throws SqlError. Requires: the tables of prepare_tables().
  Writer(WriterOptions options, Checkpointer& checkpointer);
  ~Writer();

  // Makes the tables that the writer keeps for itself.
  static void prepare_tables(Connection& connection);

  // Any thread. The job comes back when its changes are on disk or its failure is set; at once if there is
  // no room in the queue.
  void add(JobPointer<Write> job, Join join = Join::if_there_is_room);

  // Any thread. There is no room in the queue.
  bool is_busy() { return queue_.is_full(); }

  // Runs what is waiting, and nothing more.
  void stop();

  // Any thread.
  struct Statistics {
    std::int64_t writes = 0;
    std::int64_t commits = 0;
    std::int64_t failed_batches = 0;
    std::int64_t largest_batch = 0;
  };
  Statistics statistics() const;
  bool on_this_thread() const { return std::this_thread::get_id() == thread_.get_id(); }

 private:
  void run();
  void run_batch(std::vector<JobPointer<Write>>& batch);
  void open();
  enum class Company { alone, grouped };
  void run_job(Job<Write>& job, Company company);
  void commit();
  void refuse(std::vector<JobPointer<Write>>& batch, const char* cause);

  const WriterOptions options_;
  Checkpointer& checkpointer_;
  BoundedQueue<JobPointer<Write>> queue_;
  IdSource ids_;
  // Of the writer's thread, from here to the atomics.
  GatheredLog log_;
  std::optional<Connection> connection_;  // none after a failure, until the next batch
  std::int64_t newest_id_stored_ = 0;
  int log_pages_ = 0;
  std::vector<Subject> changed_;
  bool failing_ = false;

  std::atomic<std::int64_t> writes_ = 0;
  std::atomic<std::int64_t> commits_ = 0;
  std::atomic<std::int64_t> failed_batches_ = 0;
  std::atomic<std::int64_t> largest_batch_ = 0;
  std::thread thread_;
};

// Try again in a moment.
[[nodiscard]] std::exception_ptr refusal_to_save();

}  // namespace hoopoe::store::sql
