#include "store/sql/access.h"

#include <fmt/format.h>

namespace hoopoe::store {

std::vector<std::string> Read::explain(Sql sql) {
  const std::string text = fmt::format("explain query plan {}", sql.text());
  constexpr int detail_column = 3;
  std::vector<std::string> plan;
  sql::Statement statement(connection_.handle(), sql::expand(Sql::built(text)));
  while (statement.step()) plan.push_back(statement.row().get<std::string>(detail_column));
  return plan;
}

std::int64_t Write::change(Sql sql, std::span<const sql::Parameter> parameters) {
  const sql::Connection::Lease statement = connection_.prepare(sql);
  statement->bind(parameters, sql::Statement::Lifetime::of_call);
  ensure(!statement->step(), "rows of a change are read with query()");
  return connection_.changed_rows();
}

}  // namespace hoopoe::store
