#include "store/sql/error.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include "base/log.h"
#include "base/refusal.h"

namespace hoopoe::store::sql {

namespace {

// The low byte of an extended code says what kind of failure it is.
int primary(int code) { return code & 0xff; }

}  // namespace

SqlError::SqlError(int code, const std::string& message, std::string_view text)
    : std::runtime_error(fmt::format("{} ({}) in: {}", message, code, text)), code_(code), text_(text) {}

bool SqlError::from_disk() const {
  switch (primary(code_)) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PROTOCOL:
    case SQLITE_NOMEM:
    case SQLITE_BUSY:
      return true;
    default:
      return false;
  }
}

void throw_error(sqlite3* connection, int code, std::string_view text) {
  if (primary(code) == SQLITE_INTERRUPT) {
    log::warning("store: past its deadline: {}", text);
    throw Refusal(RefusalKind::unavailable, "This takes too long right now. Try again in a moment.");
  }
  const std::string message = connection == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(connection);
  if (primary(code) == SQLITE_CONSTRAINT) throw ConstraintViolation(code, message, text);
  throw SqlError(code, message, text);
}

void check(sqlite3* connection, int code, std::string_view text) {
  if (code != SQLITE_OK) throw_error(connection, code, text);
}

}  // namespace hoopoe::store::sql
