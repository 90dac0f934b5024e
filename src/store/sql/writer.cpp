#include "store/sql/writer.h"

#include <algorithm>

#include <sqlite3.h>

#include "base/log.h"
#include "base/refusal.h"
#include "store/sql/error.h"

namespace hoopoe::store::sql {

namespace {

// Enough that the wait for the disk no longer counts; few enough that the first of a batch waits some 20 ms.
constexpr std::size_t batch_max = 128;
// A burst, or what comes in while the disk takes a pause, is worked off within some 100 ms. Of what goes on
// coming faster than the writer works, no more is saved where more of it wait: so nobody waits for more than
// the batch under way and their own, and who would is told so at once.
constexpr QueueLimits limits{.burst = 4 * batch_max, .crowd = batch_max};

int keep_log_pages(void* pages, sqlite3* /*connection*/, const char* /*database*/, int log_pages) {
  *static_cast<int*>(pages) = log_pages;
  return SQLITE_OK;
}

}  // namespace

std::exception_ptr refusal_to_save() {
  return std::make_exception_ptr(
      Refusal(RefusalKind::unavailable, "This can't be saved right now. Try again in a moment."));
}

void Writer::prepare_tables(Connection& connection) {
  // The newest id given out by each node, so that none repeats after a restart with a clock gone back.
  connection.run(
      "create table if not exists newest_ids (node {id} primary key, id integer not null) {strict}");
}

Writer::Writer(WriterOptions options, Checkpointer& checkpointer)
    : options_(std::move(options)), checkpointer_(checkpointer), queue_(limits), ids_(options_.node) {
  open();
  newest_id_stored_ = Read(*connection_, options_.clock->now())
                          .maybe<std::int64_t>("select id from newest_ids where node = $1", options_.node)
                          .value_or(0);
  ids_.resume_after(newest_id_stored_);
  thread_ = std::thread([this] { run(); });
}

Writer::~Writer() { stop(); }

void Writer::add(JobPointer<Write> job, Join join) {
  if (queue_.push(job, join)) return;
  job->failure = refusal_to_save();
  give_back(std::move(job));
}

void Writer::stop() {
  queue_.close();
  if (thread_.joinable()) thread_.join();
}

Writer::Statistics Writer::statistics() const {
  return {.writes = writes_,
          .commits = commits_,
          .failed_batches = failed_batches_,
          .largest_batch = largest_batch_};
}

void Writer::run() {
  while (true) {
    std::vector<JobPointer<Write>> batch = queue_.take(batch_max);
    if (batch.empty()) break;
    run_batch(batch);
    for (JobPointer<Write>& job : batch) give_back(std::move(job));
    if (log_pages_ == 0) continue;
    if (options_.on_commit) options_.on_commit();
    // After the answers: it may take a while to keep the log short.
    checkpointer_.batch_ended(log_pages_);
  }
  connection_.reset();
}

void Writer::open() {
  connection_.emplace(options_.connection, Role::writer);
  sqlite3_wal_hook(connection_->handle(), keep_log_pages, &log_pages_);
  if (options_.connection.durability == Durability::full) log_.apply_to(connection_->handle());
}

void Writer::run_batch(std::vector<JobPointer<Write>>& batch) {
  checkpointer_.batch_begins();
  log_pages_ = 0;
  changed_.clear();
  try {
    if (!connection_) open();
    connection_->begin("begin immediate");
    const Company company = batch.size() == 1 ? Company::alone : Company::grouped;
    for (const JobPointer<Write>& job : batch) run_job(*job, company);
    if (company == Company::alone && batch.front()->failure) {
      connection_->end("rollback");
      log_.forget();
      return;
    }
    commit();
  } catch (const std::exception& failure) {
    refuse(batch, failure.what());
    return;
  }
  writes_ += static_cast<std::int64_t>(batch.size());
  largest_batch_ = std::max(largest_batch_.load(), static_cast<std::int64_t>(batch.size()));
}

void Writer::run_job(Job<Write>& job, Company company) {
  Write write(*connection_, ids_, options_.clock->now());
  // A savepoint copies every page before its first change; alone, the transaction serves as well.
  if (company == Company::grouped) connection_->run("savepoint write_of_one");
  connection_->set_deadline(std::chrono::steady_clock::now() + options_.deadline);
  try {
    job.run(write);
  } catch (const SqlError& error) {
    if (error.from_disk()) throw;
    job.failure = std::current_exception();
  } catch (...) {
    job.failure = std::current_exception();
  }
  connection_->clear_deadline();
  if (!job.failure) changed_.insert(changed_.end(), write.changed().begin(), write.changed().end());
  if (!connection_->in_transaction()) {
    throw SqlError(SQLITE_ABORT, "the engine gave up the transaction", "a write");
  }
  if (company == Company::alone) return;
  if (job.failure) connection_->run("rollback to write_of_one");
  connection_->run("release write_of_one");
}

void Writer::commit() {
  // An id of a write that was taken back may be given out again after a restart: nobody has seen it.
  const std::int64_t newest_id = ids_.newest();
  if (newest_id > newest_id_stored_) {
    Write(*connection_, ids_, options_.clock->now())
        .execute("insert into newest_ids (node, id) values ($1, $2) on conflict (node) do update set id = $2",
                 options_.node, newest_id);
  }
  options_.changes->announce(changed_);
  connection_->end("commit");
  options_.changes->note();
  newest_id_stored_ = newest_id;
  if (failing_) log::info("store: writes work again");
  failing_ = false;
  if (log_pages_ > 0) ++commits_;
}

void Writer::refuse(std::vector<JobPointer<Write>>& batch, const char* cause) {
  if (!failing_) log::error("store: writes fail: {}", cause);
  failing_ = true;
  log_pages_ = 0;
  ++failed_batches_;
  for (const JobPointer<Write>& job : batch) {
    if (!job->failure) job->failure = refusal_to_save();
  }
  // What the connection believes about the files may be wrong now; closing it takes back what it has begun.
  connection_.reset();
}

}  // namespace hoopoe::store::sql
