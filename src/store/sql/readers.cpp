#include "store/sql/readers.h"

#include <algorithm>

#include "base/ensure.h"
#include "base/refusal.h"
#include "store/sql/kept_mapping.h"

namespace hoopoe::store::sql {

namespace {

// At some 100 ms each these are several seconds of waiting for two threads.
constexpr QueueLimits slow_limits{.burst = 128, .wait_max = std::chrono::seconds(5)};

}  // namespace

struct Readers::Shared {
  ConnectionOptions options;
  std::mutex mutex;
  struct Reader {
    explicit Reader(const ConnectionOptions& options) : connection(options, Role::reader) {
      mapping.apply_to(connection.handle());
    }
    KeptMapping mapping;
    Connection connection;
  };
  std::vector<std::unique_ptr<Reader>> all;
  // Those of threads that have ended, for the next thread.
  std::vector<Connection*> idle;

  Connection* borrow() {
    {
      const std::scoped_lock lock(mutex);
      if (!idle.empty()) {
        Connection* connection = idle.back();
        idle.pop_back();
        return connection;
      }
    }
    auto reader = std::make_unique<Reader>(options);
    const std::scoped_lock lock(mutex);
    return &all.emplace_back(std::move(reader))->connection;
  }

  void give_back(Connection* connection) {
    const std::scoped_lock lock(mutex);
    idle.push_back(connection);
  }
};

// What one thread has borrowed; given back where the thread ends before the Readers do.
struct Readers::OfThread {
  struct Borrowed {
    // The address alone could be that of a later object.
    std::weak_ptr<Shared> from;
    const Shared* key;
    Connection* connection;
  };
  std::vector<Borrowed> borrowed;

  OfThread() = default;
  OfThread(const OfThread&) = delete;
  OfThread& operator=(const OfThread&) = delete;
  ~OfThread() {
    for (const Borrowed& one : borrowed) {
      if (const std::shared_ptr<Shared> alive = one.from.lock()) alive->give_back(one.connection);
    }
  }
};

Readers::Readers(ConnectionOptions options, const Clock& clock, const LastChanges& changes, Known* known)
    : clock_(clock), changes_(changes), known_(known), shared_(std::make_shared<Shared>()) {
  shared_->options = std::move(options);
}

Readers::~Readers() = default;

std::optional<Memory> Readers::memory() const {
  if (known_ == nullptr) return std::nullopt;
  return Memory{.known = known_, .changes = &changes_, .as_of = changes_.newest()};
}

Connection& Readers::of_this_thread() {
  static thread_local OfThread of_thread;
  for (const OfThread::Borrowed& one : of_thread.borrowed) {
    // The weak pointer keeps the address from being used again, so the same address is the same object.
    if (one.key == shared_.get()) return *one.connection;
  }
  std::erase_if(of_thread.borrowed, [](const OfThread::Borrowed& one) { return one.from.expired(); });
  Connection* connection = shared_->borrow();
  of_thread.borrowed.push_back({.from = shared_, .key = shared_.get(), .connection = connection});
  return *connection;
}

Readers::Snapshot::Snapshot(Readers& readers, Connection::Deadline deadline)
    : connection_(readers.of_this_thread()), read_(connection_, readers.clock_.now(), readers.memory()) {
  ensure(!connection_.in_transaction(), "a read inside of a read uses the Read it has");
  connection_.begin("begin");
  connection_.set_deadline(deadline);
}

Readers::Snapshot::~Snapshot() {
  connection_.clear_deadline();
  // Where the engine has ended it already, there is nothing left to end.
  connection_.end_quietly();
}

ReadPool::ReadPool(Readers& readers, int thread_count, std::chrono::milliseconds deadline)
    : readers_(readers), deadline_(deadline), queue_(slow_limits) {
  for (int i = 0; i < thread_count; ++i) threads_.emplace_back([this] { run(); });
}

ReadPool::~ReadPool() { stop(); }

void ReadPool::add(JobPointer<Read> job) {
  if (queue_.push(job)) return;
  job->failure = std::make_exception_ptr(
      Refusal(RefusalKind::unavailable, "Too many are asking for this right now. Try again in a moment."));
  give_back(std::move(job));
}

void ReadPool::stop() {
  queue_.close();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void ReadPool::run() {
  while (true) {
    std::vector<JobPointer<Read>> jobs = queue_.take(1);
    if (jobs.empty()) return;
    Job<Read>& job = *jobs.front();
    try {
      Readers::Snapshot snapshot(readers_, std::chrono::steady_clock::now() + deadline_);
      job.run(snapshot.read());
    } catch (...) {
      job.failure = std::current_exception();
    }
    give_back(std::move(jobs.front()));
  }
}

}  // namespace hoopoe::store::sql
