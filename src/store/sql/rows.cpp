#include "store/sql/rows.h"

namespace hoopoe::store::sql {

Rows::Rows(Connection& connection, Sql sql, std::span<const Parameter> parameters,
           Statement::Lifetime lifetime)
    : statement_(connection.prepare(sql)), row_(statement_->row()), done_(true) {
  statement_->bind(parameters, lifetime);
  done_ = !statement_->step();
}

Rows::Iterator& Rows::Iterator::operator++() {
  rows_->done_ = !rows_->statement_->step();
  return *this;
}

}  // namespace hoopoe::store::sql
