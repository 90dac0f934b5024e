#include "store/sql/file_methods.h"

#include <type_traits>

#include "base/ensure.h"

namespace hoopoe::store::sql {

sqlite3_file* FileMethods::file_of(sqlite3* connection, Which which) {
  sqlite3_file* file = nullptr;
  const int asked = which == Which::database ? SQLITE_FCNTL_FILE_POINTER : SQLITE_FCNTL_JOURNAL_POINTER;
  const int code = sqlite3_file_control(connection, "main", asked, static_cast<void*>(&file));
  ensure(code == SQLITE_OK && file != nullptr && file->pMethods != nullptr,
         "an open connection has its files");
  return file;
}

void FileMethods::take_over(sqlite3* connection, Which which) {
  static_assert(std::is_standard_layout_v<FileMethods>);
  sqlite3_file* const file = file_of(connection, which);
  own_ = file->pMethods;
  methods_ = *own_;
  file->pMethods = &methods_;
}

}  // namespace hoopoe::store::sql
