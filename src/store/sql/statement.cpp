#include "store/sql/statement.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include "store/sql/dialect.h"
#include "store/sql/error.h"

namespace hoopoe::store::sql {

namespace {

void ensure_type(sqlite3_stmt* statement, int column, int type) {
  if (sqlite3_column_type(statement, column) == type) return;
  ensure(false, fmt::format("column {} is read as what it holds in: {}", column, sqlite3_sql(statement)));
}

}  // namespace

bool Row::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

std::int64_t Row::integer(int column) const {
  ensure_type(statement_, column, SQLITE_INTEGER);
  return sqlite3_column_int64(statement_, column);
}

double Row::real(int column) const {
  ensure_type(statement_, column, SQLITE_FLOAT);
  return sqlite3_column_double(statement_, column);
}

std::string_view Row::text(int column) const {
  ensure_type(statement_, column, SQLITE_TEXT);
  // The engine hands out UTF-8 as unsigned char; and the text comes before its length.
  const void* start = sqlite3_column_text(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  return {static_cast<const char*>(start), static_cast<std::size_t>(size)};
}

std::span<const std::byte> Row::bytes(int column) const {
  ensure_type(statement_, column, SQLITE_BLOB);
  const void* start = sqlite3_column_blob(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  return {static_cast<const std::byte*>(start), static_cast<std::size_t>(size)};
}

void Statement::Finalize::operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }

Statement::Statement(sqlite3* connection, std::string_view text) : connection_(connection), text_(text) {
  const char* rest = nullptr;
  sqlite3_stmt* prepared = nullptr;
  const int code = sqlite3_prepare_v3(connection, text_.c_str(), static_cast<int>(text_.size() + 1),
                                      SQLITE_PREPARE_PERSISTENT, &prepared, &rest);
  handle_.reset(prepared);
  check(connection, code, text_);
  ensure(prepared != nullptr && std::string_view(rest).find_first_not_of(" \n;") == std::string_view::npos,
         "a statement is one statement");
  find_parameters();
}

void Statement::find_parameters() {
  for (int position = 1; position <= sqlite3_bind_parameter_count(handle_.get()); ++position) {
    const char* name = sqlite3_bind_parameter_name(handle_.get(), position);
    ensure(name != nullptr, "a parameter has a name");
    const std::size_t number = parameter_number(name);
    if (positions_.size() < number) positions_.resize(number, 0);
    positions_[number - 1] = position;
  }
}

void Statement::bind(std::span<const Parameter> parameters, Lifetime lifetime) {
  ensure(parameters.size() == positions_.size(), "as many values as parameters");
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    ensure(positions_[i] != 0, "every value has its parameter");
    bind_one(positions_[i], parameters[i], lifetime);
  }
}

void Statement::bind_one(int position, const Parameter& parameter, Lifetime lifetime) {
  // SQLITE_TRANSIENT is a cast in C's way inside a macro of the engine; its meaning is "copy it".
  const auto copied = reinterpret_cast<sqlite3_destructor_type>(-1);  // NOLINT(performance-no-int-to-ptr)
  const sqlite3_destructor_type keep = lifetime == Lifetime::of_call ? nullptr : copied;
  struct Binder {
    sqlite3_stmt* statement;
    int position;
    sqlite3_destructor_type keep;
    sqlite3_destructor_type copied;

    int operator()(std::monostate) const { return sqlite3_bind_null(statement, position); }
    int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement, position, value); }
    int operator()(double value) const { return sqlite3_bind_double(statement, position, value); }
    int operator()(std::string_view value) const {
      // An empty view may have no address, which the engine would take for NULL.
      const char* start = value.empty() ? "" : value.data();
      return sqlite3_bind_text64(statement, position, start, value.size(), keep, SQLITE_UTF8);
    }
    int operator()(std::span<const std::byte> value) const {
      if (value.empty()) return sqlite3_bind_zeroblob(statement, position, 0);
      return sqlite3_bind_blob64(statement, position, value.data(), value.size(), keep);
    }
    // Made for the binding, and gone before the rows are read.
    int operator()(const Owned& value) const {
      return sqlite3_bind_text64(statement, position, value.text.data(), value.text.size(), copied,
                                 SQLITE_UTF8);
    }
  };
  check(connection_, std::visit(Binder{handle_.get(), position, keep, copied}, parameter), text_);
}

bool Statement::step() {
  const int code = sqlite3_step(handle_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  throw_error(connection_, code, text_);
}

void Statement::reset() {
  // Its code repeats the error of the last step, which has been thrown already.
  sqlite3_reset(handle_.get());
  sqlite3_clear_bindings(handle_.get());
}

}  // namespace hoopoe::store::sql
