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
#include "store/sql/connection.h"

namespace hoopoe::store {

namespace sql {

// The rows of an answer, once: for (const Row& row : read.query("select ...", args...)).
class Rows {
 public:
  Rows(Connection& connection, Sql sql, std::span<const Parameter> parameters, Statement::Lifetime lifetime);
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;

  class Iterator {
   public:
    explicit Iterator(Rows& rows) : rows_(&rows) {}
    const Row& operator*() const { return rows_->row_; }
    Iterator& operator++();
    bool operator==(std::default_sentinel_t) const { return rows_->done_; }

   private:
    Rows* rows_;
  };

  Iterator begin() { return Iterator(*this); }
  std::default_sentinel_t end() const { return {}; }
  // The first row; nullptr if there is none.
  const Row* first() const { return done_ ? nullptr : &row_; }

 private:
  Connection::Lease statement_;
  Row row_;
  bool done_;
};

}  // namespace sql

using sql::Row;
using sql::Sql;

// Asks the database, inside one consistent snapshot. Made by Database; good for the duration of its function,
// on its thread. A statement is a literal (see Sql), a mapper is a function of const Row&.
class Read {
 public:
  Read(sql::Connection& connection, Time now) : connection_(connection), now_(now) {}
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

  // How the engine would go about it, one line a step.
  std::vector<std::string> explain(Sql sql);

 protected:
  template <class... Args>
  sql::Rows ask(Sql sql, sql::Statement::Lifetime lifetime, const Args&... args) {
    const std::array<sql::Parameter, sizeof...(Args)> parameters{sql::to_parameter(args)...};
    return {connection_, sql, parameters, lifetime};
  }

  sql::Connection& connection_;
  Time now_;
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
    return change(sql, parameters);
  }

  // Newer than every id before, in the order of commit.
  template <class IdType>
  IdType next_id() {
    return IdType{ids_.next(now_)};
  }

 private:
  std::int64_t change(Sql sql, std::span<const sql::Parameter> parameters);

  IdSource& ids_;
};

}  // namespace hoopoe::store
