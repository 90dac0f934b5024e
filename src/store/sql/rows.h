#pragma once

#include <iterator>
#include <span>

#include "store/sql/connection.h"

namespace hoopoe::store::sql {

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

}  // namespace hoopoe::store::sql
