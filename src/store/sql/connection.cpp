#include "store/sql/connection.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include "base/ensure.h"
#include "base/log.h"
#include "store/sql/error.h"

namespace hoopoe::store::sql {

namespace {

// A page is what a small change costs in the log: a batch of posts touches pages here and there, and of
// smaller ones half the bytes are written, a third more posts a second. Only a new file takes it.
constexpr int page_bytes = 2048;
// Rows come from the mapped file without a copy; the rest of a larger file is read the ordinary way. The
// engine's own limit is 2 GiB.
constexpr std::int64_t mapped_bytes_max = 0x7fff0000;
// Mapped pages need no cache; this holds what is still in the log.
constexpr int reader_cache_bytes = 8 << 20;
// Only a foreign program (a backup, the sqlite3 shell) can hold a lock that we wait for.
constexpr int busy_timeout_ms = 5000;
// After a burst the log shrinks to this again.
constexpr int log_bytes_kept = 128 << 20;
// How often a running statement looks at the clock: some 10 us.
constexpr int steps_per_deadline_check = 1000;
// More texts than this product has; beyond it somebody builds texts from values.
constexpr std::size_t statements_max = 2000;

void configure_memory() {
  // Too late, and no harm, if something else in the process has used the engine before.
  static const bool is_done = [] {
    // Counting its memory costs the engine a lock, shared by all threads, around every allocation: two
    // threads that read then do the work of one.
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    // A page at a time. By itself the engine takes 20 at once for every cache, and a list that a statement
    // looks in has one.
    sqlite3_config(SQLITE_CONFIG_PAGECACHE, nullptr, 0, 0);
    return true;
  }();
  static_cast<void>(is_done);
}

}  // namespace

void StatementLog::add(std::string_view text) {
  const std::scoped_lock lock(mutex_);
  texts_.emplace(text);
}

std::set<std::string> StatementLog::texts() const {
  const std::scoped_lock lock(mutex_);
  return texts_;
}

void Connection::Close::operator()(sqlite3* handle) const {
  // _v2: waits for statements that are still open, which the order of destruction forbids anyway.
  sqlite3_close_v2(handle);
}

Connection::Connection(const ConnectionOptions& options, Role role) : statements_log_(options.statements) {
  open(options);
  configure(options, role);
}

void Connection::open(const ConnectionOptions& options) {
  configure_memory();
  sqlite3* opened = nullptr;
  // NOMUTEX: one thread at a time is our own rule. A reader opens for writing too, because it shares the
  // index of the log; query_only below keeps it from changing rows.
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(options.file.c_str(), &opened, flags,
                                   options.vfs.empty() ? nullptr : options.vfs.c_str());
  handle_.reset(opened);
  check(opened, code, "open " + options.file.string());
}

void Connection::configure(const ConnectionOptions& options, Role role) {
  sqlite3_busy_timeout(handle(), busy_timeout_ms);
  // A schema that was tampered with may not call functions with effects, nor corrupt the file on purpose.
  sqlite3_db_config(handle(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(handle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  // "word" in double quotes is a name and never quietly a text.
  sqlite3_db_config(handle(), SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(handle(), SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  sqlite3_db_config(handle(), SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);

  pragma(fmt::format("page_size = {}", page_bytes));
  // Readers and the writer do not wait for each other.
  pragma("journal_mode = wal");
  // FULL syncs the log at each commit; NORMAL loses acknowledged writes in a power cut.
  pragma(options.durability == Durability::full ? "synchronous = full" : "synchronous = normal");
  // Sorting and savepoints stay in memory: no second file that would have to be kept private.
  pragma("temp_store = memory");
  // What was deleted is overwritten: erasing a post erases its text.
  pragma("secure_delete = on");
  pragma(fmt::format("journal_size_limit = {}", log_bytes_kept));
  // The checkpointer decides when; a commit never pays for it.
  pragma("wal_autocheckpoint = 0");
  pragma(fmt::format("mmap_size = {}", mapped_bytes_max));
  const std::int64_t cache_bytes = role == Role::writer ? options.writer_cache_bytes : reader_cache_bytes;
  pragma(fmt::format("cache_size = -{}", cache_bytes / 1024));
  if (role == Role::reader) pragma("query_only = on");

  const auto past_deadline = [](void* connection) {
    return static_cast<int>(std::chrono::steady_clock::now() >
                            static_cast<const Connection*>(connection)->deadline_);
  };
  sqlite3_progress_handler(handle(), steps_per_deadline_check, past_deadline, this);
}

void Connection::pragma(std::string_view text) { run_script(fmt::format("pragma {}", text)); }

Connection::Lease Connection::prepare(Sql sql) {
  ensure(!begun_ || in_transaction(), "a transaction that the engine gave up does not go on");
  auto found = idle_.find(KeyView{sql.text(), sql.lists_of_one()});
  if (found == idle_.end()) {
    ensure(idle_.size() < statements_max, "a statement's text is never made from values");
    found = idle_.try_emplace({std::string(sql.text()), sql.lists_of_one()}).first;
  }
  std::unique_ptr<Statement> statement = std::move(found->second);
  if (!statement) {
    const std::string text = expand(sql);
    if (statements_log_ != nullptr) statements_log_->add(text);
    statement = std::make_unique<Statement>(handle(), text);
  }
  return {found->second, std::move(statement)};
}

Connection::Lease::~Lease() {
  if (!statement_) return;
  statement_->reset();
  *home_ = std::move(statement_);
}

void Connection::run(Sql sql) {
  const Lease statement = prepare(sql);
  while (statement->step()) {
  }
}

void Connection::begin(Sql sql) {
  run(sql);
  begun_ = true;
}

void Connection::end(Sql sql) {
  begun_ = false;
  run(sql);
}

void Connection::end_quietly() noexcept {
  begun_ = false;
  if (!in_transaction()) return;
  try {
    run("rollback");
  } catch (const std::exception& failure) {
    log::warning("store: rollback: {}", failure.what());
  }
}

void Connection::run_script(std::string_view text) {
  const std::string script(text);
  check(handle(), sqlite3_exec(handle(), script.c_str(), nullptr, nullptr, nullptr), script);
}

bool Connection::in_transaction() const { return sqlite3_get_autocommit(handle()) == 0; }
std::int64_t Connection::changed_rows() const { return sqlite3_changes64(handle()); }

}  // namespace hoopoe::store::sql
