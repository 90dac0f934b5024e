#pragma once

#include <sqlite3.h>

namespace hoopoe::store::sql {

// Brings what a connection writes into its database file to the disk a little at a time. A checkpoint writes
// all at once, in any order, and then syncs: whoever syncs something else meanwhile, as each commit does,
// would wait until the disk has done all of it.
//
// It takes the place of the write function of one open file, and leaves all else to the file's own (SQLite's
// VFS interface, sqlite.org/c3ref/io_methods.html).
class WriteInSteps {
 public:
  // Requires: lives longer than the connection.
  WriteInSteps() = default;
  WriteInSteps(const WriteInSteps&) = delete;
  WriteInSteps& operator=(const WriteInSteps&) = delete;

  // Requires: nothing of the connection runs.
  void apply_to(sqlite3* connection);

 private:
  static int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at);

  sqlite3_io_methods methods_{};  // first: found again by its address
  const sqlite3_io_methods* own_ = nullptr;
  int unsynced_bytes_ = 0;
};

}  // namespace hoopoe::store::sql
