#pragma once

#include <algorithm>

#include "store/sql/file_methods.h"

namespace hoopoe::tests {

// Stands between a file and what else takes the place of its functions, and counts what reaches it. One at
// a time.
class CountedFile : public store::sql::FileMethods {
 public:
  using Which = FileMethods::Which;

  // Requires: before anything else takes over the file.
  void apply_to(sqlite3* connection, Which which) {
    take_over(connection, which);
    current = this;
    methods().xWrite = [](sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) {
      ++current->writes;
      current->bytes_since_sync += size;
      current->longest = std::max(current->longest, current->bytes_since_sync);
      return current->fails ? SQLITE_IOERR_WRITE : current->own().xWrite(file, bytes, size, at);
    };
    methods().xSync = [](sqlite3_file* file, int flags) {
      current->bytes_since_sync = 0;
      ++current->syncs;
      return current->syncs_fail ? SQLITE_IOERR_FSYNC : current->own().xSync(file, flags);
    };
    methods().xUnfetch = [](sqlite3_file* file, sqlite3_int64 at, void* page) {
      if (page == nullptr) ++current->unmapped;
      return current->own().xUnfetch(file, at, page);
    };
  }

  int writes = 0;
  int syncs = 0;
  int longest = 0;  // bytes from one sync to the next
  int unmapped = 0;
  bool fails = false;
  bool syncs_fail = false;

 private:
  static inline CountedFile* current = nullptr;
  int bytes_since_sync = 0;
};

}  // namespace hoopoe::tests
