#pragma once

#include "store/sql/file_methods.h"

namespace hoopoe::store::sql {

// Brings what a connection writes into its database file to the disk a little at a time. A checkpoint writes
// all at once, in any order, and then syncs: whoever syncs something else meanwhile, as each commit does,
// would wait until the disk has done all of it.
class WriteInSteps : public FileMethods {
 public:
  void apply_to(sqlite3* connection);

 private:
  static int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at);

  int unsynced_bytes_ = 0;
};

}  // namespace hoopoe::store::sql
