#pragma once

#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "store/sql/access.h"
#include "store/sql/bounded_queue.h"
#include "store/sql/job.h"

namespace hoopoe::store::sql {

// The connections that read. Each thread that reads gets one of its own at its first use and gives it back
// when it ends; all are closed with this object.
// Requires: no thread reads while it is destroyed.
class Readers {
 public:
  // What is read may be remembered in `known`, until `changes` says that it has changed; or nowhere
  // (nullptr).
  Readers(ConnectionOptions options, const Clock& clock, const LastChanges& changes, Known* known);
  ~Readers();

  // One consistent snapshot, from its first statement to the end of the scope, on the calling thread.
  // Not for use inside of another.
  class Snapshot {
   public:
    Snapshot(Readers& readers, Connection::Deadline deadline);
    ~Snapshot();
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

    Read& read() { return read_; }

   private:
    Connection& connection_;
    Read read_;
  };

 private:
  struct Shared;
  struct OfThread;

  Connection& of_this_thread();

  std::optional<Memory> memory() const;

  const Clock& clock_;
  const LastChanges& changes_;
  Known* known_;
  // Shared with the threads that read: one may end while this object is destroyed.
  std::shared_ptr<Shared> shared_;
};

// A few threads for reads that take long, so that they hold up no io thread.
class ReadPool {
 public:
  ReadPool(Readers& readers, int thread_count, std::chrono::milliseconds deadline);
  ~ReadPool();

  // Any thread. The job comes back when it has run; refused at once if too many are waiting.
  void add(JobPointer<Read> job);
  // Runs what is waiting, and nothing more.
  void stop();

 private:
  void run();

  Readers& readers_;
  const std::chrono::milliseconds deadline_;
  BoundedQueue<JobPointer<Read>> queue_;
  std::vector<std::thread> threads_;
};

}  // namespace hoopoe::store::sql
