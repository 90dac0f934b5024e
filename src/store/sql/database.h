#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "net/task.h"
#include "store/sql/access.h"
#include "store/sql/data_lock.h"
#include "store/sql/error.h"
#include "store/sql/job.h"
#include "store/sql/migrations.h"
#include "store/sql/readers.h"
#include "store/sql/writer.h"

namespace hoopoe::store {

using sql::Migration;
using sql::OpenError;

struct DatabaseOptions {
  // Made if it is not there; holds hoopoe.db, its log, and the lock.
  std::filesystem::path directory;
  std::vector<Migration> migrations;
  const Clock* clock = &system_clock();
  // The part of every id that says which server made it.
  int node = 0;
  // A read runs on an io thread: what takes longer belongs on the pool.
  std::chrono::milliseconds read_deadline{1000};
  std::chrono::milliseconds slow_read_deadline{10'000};
  // One write that runs longer holds up all others.
  std::chrono::milliseconds write_deadline{2000};
  int slow_read_threads = 2;
  // Pages that the writer changes or looks up; grows with use.
  std::int64_t writer_cache_bytes = std::int64_t{64} << 20;
  sql::LogLimits log;
  // Where functions keep what they read, for the next who asks; nullptr: nowhere.
  std::shared_ptr<Known> known = nullptr;
  // Called on the writer's thread after each commit that changed something. It neither throws nor waits.
  std::function<void()> on_commit = nullptr;

  // For tests.
  std::string vfs;
  sql::Durability durability = sql::Durability::full;
  sql::StatementLog* statements = nullptr;
};

// The record: everything that must not be lost. All functions may be called on any thread.
// Requires: stopped or destroyed before the io_contexts whose coroutines wait for it.
class Database {
 public:
  // Opens, migrates, and keeps others out. Throws OpenError in words for the operator, or SqlError.
  explicit Database(DatabaseOptions options);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Runs function(Read&) here and now, inside one snapshot. Throws what it throws; Refusal{unavailable} past
  // the deadline. Not inside of another read, nor of a write: those use the Read they have.
  template <class Function>
  std::invoke_result_t<Function&, Read&> read(Function&& function) {
    sql::Readers::Snapshot snapshot(*readers_, read_deadline());
    return function(snapshot.read());
  }

  // The same on a small pool, for search, export and the like. Refusal{unavailable} if too many are waiting.
  template <class Function>
  net::Task<std::invoke_result_t<Function&, Read&>> read_slow(Function function) {
    using Job = sql::Call<Read, Function>;
    const sql::JobPointer<Read> done = co_await wait_for_read(std::make_unique<Job>(std::move(function)));
    co_return static_cast<Job&>(*done).take();
  }

  // Runs function(Write&) on the writer's thread, all or nothing. It comes back, on the executor of this
  // coroutine, once its changes are on disk. Throws what the function throws; Refusal{unavailable} if too
  // many are waiting or the disk failed: then nothing of it is to be relied on, neither its effect nor its
  // absence.
  template <class Function>
  net::Task<std::invoke_result_t<Function&, Write&>> write(Function function) {
    using Job = sql::Call<Write, Function>;
    const sql::JobPointer<Write> done = co_await wait_for_write(std::make_unique<Job>(std::move(function)));
    co_return static_cast<Job&>(*done).take();
  }

  // The same for commands, what the server does by itself, and tests: waits on the calling thread, which is
  // never an io thread, and is not refused where many others wait.
  template <class Function>
  std::invoke_result_t<Function&, Write&> write_blocking(Function function) {
    using Job = sql::Call<Write, Function>;
    const sql::JobPointer<Write> done = block_on_write(std::make_unique<Job>(std::move(function)));
    return static_cast<Job&>(*done).take();
  }

  // As many writes are waiting as may: to ask before the work that leads to one more. Who is turned away
  // for it counts as refused.
  bool is_busy();

  // Runs every write and slow read that is waiting; from then on they are refused. Reads go on.
  void stop();

  const sql::LastChanges& changes() const { return changes_; }

  sql::Writer::Statistics statistics() const { return writer_->statistics(); }
  std::int64_t checkpoints() const { return checkpointer_->passes(); }

 private:
  sql::Connection::Deadline read_deadline() const;
  net::Task<sql::JobPointer<Read>> wait_for_read(sql::JobPointer<Read> job);
  net::Task<sql::JobPointer<Write>> wait_for_write(sql::JobPointer<Write> job);
  sql::JobPointer<Write> block_on_write(sql::JobPointer<Write> job);

  const DatabaseOptions options_;
  const sql::DataLock lock_;
  sql::LastChanges changes_;
  // Destroyed from the last to the first: the checkpointer's connection is the last one to be closed, and
  // brings the whole log over.
  std::unique_ptr<sql::Checkpointer> checkpointer_;
  std::unique_ptr<sql::Readers> readers_;
  std::unique_ptr<sql::ReadPool> read_pool_;
  std::unique_ptr<sql::Writer> writer_;
};

}  // namespace hoopoe::store
