#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "base/clock.h"
#include "base/ensure.h"
#include "base/id.h"
#include "base/id_source.h"
#include "store/sql/last_changes.h"
#include "store/sql/rows.h"

namespace hoopoe::store {

// What the functions of store/ keep of what they read (store/known.h).
struct Known;

using sql::Row;
using sql::Sql;
using sql::Subject;

// What a Read may know without asking the database.
struct Memory {
  Known* known = nullptr;  // never nullptr
  const sql::LastChanges* changes = nullptr;
  sql::CommitNumber as_of = 0;  // what is read is no older
};

// Asks the database, inside one consistent snapshot. Made by Database; good for the duration of its function,
// on its thread. A statement is a literal (see Sql), a mapper is a function of const Row&.
class Read {
 public:
  Read(sql::Connection& connection, Time now, std::optional<Memory> memory = std::nullopt)
      : connection_(connection), now_(now), memory_(memory) {}
  Read(const Read&) = delete;
  Read& operator=(const Read&) = delete;

  template <class... Args>
  sql::Rows query(Sql sql, const Args&... args) {
    return ask(sql, sql::Statement::Lifetime::of_statement, args...);
  }

  // Every row, as the mapper makes it.
  template <class Map, class... Args>
  auto all(Sql sql, Map&& map, const Args&... args) {
    std::vector<std::remove_cvref_t<std::invoke_result_t<Map&, const Row&>>> made;
    for (const Row& row : ask(sql, sql::Statement::Lifetime::of_call, args...)) made.push_back(map(row));
    return made;
  }

  // The first row, if any.
  template <class Map, class... Args>
  auto one(Sql sql, Map&& map, const Args&... args) {
    std::optional<std::remove_cvref_t<std::invoke_result_t<Map&, const Row&>>> made;
    sql::Rows rows = ask(sql, sql::Statement::Lifetime::of_call, args...);
    if (const Row* row = rows.first()) made = map(*row);
    return made;
  }

  // The first column of every row; of the first row, if any; of the one row that there always is (a count).
  template <class T, class... Args>
  std::vector<T> values(Sql sql, const Args&... args) {
    return all(sql, [](const Row& row) { return row.get<T>(0); }, args...);
  }
  template <class T, class... Args>
  std::optional<T> maybe(Sql sql, const Args&... args) {
    return one(sql, [](const Row& row) { return row.get<T>(0); }, args...);
  }
  template <class T, class... Args>
  T value(Sql sql, const Args&... args) {
    std::optional<T> made = maybe<T>(sql, args...);
    ensure(made.has_value(), "there is always a row here");
    return *std::move(made);
  }

  template <class... Args>
  bool exists(Sql sql, const Args&... args) {
    return ask(sql, sql::Statement::Lifetime::of_call, args...).first() != nullptr;
  }

  // The time of this snapshot, or of this write; the same however often it is asked for.
  Time now() const { return now_; }

  // None inside of a write: what it sees is not yet true, and may never be.
  const std::optional<Memory>& memory() const { return memory_; }
  // From now on only the snapshot itself is asked.
  void forget() { memory_.reset(); }
  // Whether it may have changed since this snapshot; never, for one that has no memory.
  bool has_changed(Subject subject) const {
    return memory_ && memory_->changes->of(subject) > memory_->as_of;
  }

  // How the engine would go about it, one line a step.
  std::vector<std::string> explain(Sql sql);

 protected:
  template <class... Args>
  sql::Rows ask(Sql sql, sql::Statement::Lifetime lifetime, const Args&... args) {
    const std::array<sql::Parameter, sizeof...(Args)> parameters{sql::to_parameter(args)...};
    return {connection_, sql.with(sql::lists_of_one(args...)), parameters, lifetime};
  }

  sql::Connection& connection_;
  Time now_;
  std::optional<Memory> memory_;
};

// Changes the database, inside one transaction that other writes may share. What a Write has changed is in
// every answer that it reads.
class Write : public Read {
 public:
  Write(sql::Connection& connection, IdSource& ids, Time now) : Read(connection, now), ids_(ids) {}

  // The number of rows inserted, updated or deleted. Throws ConstraintViolation and the like.
  template <class... Args>
  std::int64_t execute(Sql sql, const Args&... args) {
    const std::array<sql::Parameter, sizeof...(Args)> parameters{sql::to_parameter(args)...};
    return change(sql.with(sql::lists_of_one(args...)), parameters);
  }

  // Says that what is remembered of it holds no longer, once this write is committed.
  void changes(Subject subject) { changed_.push_back(subject); }
  const std::vector<Subject>& changed() const { return changed_; }

  // Newer than every id before, in the order of commit.
  template <class IdType>
  IdType next_id() {
    return IdType{ids_.next(now_)};
  }

 private:
  std::int64_t change(Sql sql, std::span<const sql::Parameter> parameters);

  IdSource& ids_;
  std::vector<Subject> changed_;
};

}  // namespace hoopoe::store
