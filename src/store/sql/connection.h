#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

#include "store/sql/dialect.h"
#include "store/sql/statement.h"

struct sqlite3;

namespace hoopoe::store::sql {

// Every statement that was prepared, as the engine got it: for the test that looks at all their plans. Any
// thread.
class StatementLog {
 public:
  void add(std::string_view text);
  std::set<std::string> texts() const;

 private:
  mutable std::mutex mutex_;
  std::set<std::string> texts_;
};

enum class Role { reader, writer };
// full: a commit is on disk before it is answered. normal: on disk some time later; for tests that show the
// difference, and for data that can be made again.
enum class Durability { full, normal };

struct ConnectionOptions {
  std::filesystem::path file;
  std::string vfs;
  Durability durability = Durability::full;
  std::int64_t writer_cache_bytes = 0;
  StatementLog* statements = nullptr;
};

// An open database with its prepared statements. It belongs to one thread at a time. Throws SqlError.
class Connection {
 public:
  Connection(const ConnectionOptions& options, Role role);

  // A statement from the cache, given back at the end of the lease. Asking twice for the same text at the
  // same time gives two.
  class Lease;
  Lease prepare(Sql sql);

  // Runs a statement without parameters or rows.
  void run(Sql sql);
  // Runs every statement of a text; for migrations.
  void run_script(std::string_view text);

  // From now on a statement that runs past the deadline ends as Refusal{unavailable}.
  using Deadline = std::chrono::steady_clock::time_point;
  void set_deadline(Deadline deadline) { deadline_ = deadline; }
  void clear_deadline() { deadline_ = Deadline::max(); }

  bool in_transaction() const;
  // After some errors (a full disk) the engine ends the whole transaction by itself, and what follows would
  // be committed alone. Between begin() and end(), that is a bug.
  void begin(Sql sql);
  void end(Sql sql);
  // Takes back whatever was begun; does not throw.
  void end_quietly() noexcept;

  // Rows that the last statement inserted, updated or deleted.
  std::int64_t changed_rows() const;

  sqlite3* handle() const { return handle_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* handle) const;
  };
  // A text as written, and which of its lists hold one value.
  using Key = std::pair<std::string, Sql::ListsOfOne>;
  using KeyView = std::pair<std::string_view, Sql::ListsOfOne>;
  struct KeyHash {
    using is_transparent = void;
    std::size_t operator()(const KeyView& key) const {
      return std::hash<std::string_view>{}(key.first) + key.second;
    }
  };
  struct KeyEqual {
    using is_transparent = void;
    bool operator()(const KeyView& one, const KeyView& other) const { return one == other; }
  };

  void open(const ConnectionOptions& options);
  void configure(const ConnectionOptions& options, Role role);
  void pragma(std::string_view text);

  Deadline deadline_ = Deadline::max();
  bool begun_ = false;
  StatementLog* statements_log_;
  std::unique_ptr<sqlite3, Close> handle_;
  // To the statement, or to nothing while it is in use.
  std::unordered_map<Key, std::unique_ptr<Statement>, KeyHash, KeyEqual> idle_;
};

class Connection::Lease {
 public:
  Lease(std::unique_ptr<Statement>& home, std::unique_ptr<Statement> statement)
      : home_(&home), statement_(std::move(statement)) {}
  Lease(Lease&&) = default;
  Lease& operator=(Lease&&) = delete;
  ~Lease();

  Statement* operator->() const { return statement_.get(); }

 private:
  std::unique_ptr<Statement>* home_;
  std::unique_ptr<Statement> statement_;
};

}  // namespace hoopoe::store::sql
