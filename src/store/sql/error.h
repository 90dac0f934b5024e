#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

struct sqlite3;

namespace hoopoe::store::sql {

// A statement that failed. Not for the person who asked: the server answers 500 and logs what() and text().
class SqlError : public std::runtime_error {
 public:
  SqlError(int code, const std::string& message, std::string_view text);

  // SQLite's extended result code.
  int code() const { return code_; }
  // The statement, without its parameters: those may be private.
  const std::string& text() const { return text_; }
  // The disk is full, does not answer or holds nonsense: not the fault of the statement.
  bool from_disk() const;

 private:
  int code_;
  std::string text_;
};

// A row that breaks a unique index, a primary or foreign key, a check or a not-null constraint.
class ConstraintViolation : public SqlError {
 public:
  using SqlError::SqlError;
};

// Throws the type above that fits; Refusal{unavailable} where the deadline ended the statement.
[[noreturn]] void throw_error(sqlite3* connection, int code, std::string_view text);

// Throws unless the code is SQLITE_OK.
void check(sqlite3* connection, int code, std::string_view text);

}  // namespace hoopoe::store::sql
