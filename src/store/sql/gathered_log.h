#pragma once

#include <vector>

#include "store/sql/file_methods.h"

namespace hoopoe::store::sql {

// Writes the log of a connection in pieces of up to 64 KiB, the last of them before the sync. SQLite writes
// the head and the bytes of each page on their own, a thousand calls for a batch of posts. Closing the
// connection drops what no commit has synced.
class GatheredLog : public FileMethods {
 public:
  // Requires: the log is open, and each commit ends with its sync, so that no other connection looks for what
  // is not written yet. Forgets what a connection before it has gathered.
  void apply_to(sqlite3* connection);
  // After a rollback: written later, it could fall on what a foreign program has committed meanwhile.
  void forget() { gathered_.clear(); }

 private:
  template <auto Method, class... Args>
  static int once_written(sqlite3_file* file, Args... args);
  static int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at);
  int write_gathered(sqlite3_file* file);

  std::vector<char> gathered_;
  sqlite3_int64 at_ = 0;  // of its first byte in the file
};

}  // namespace hoopoe::store::sql
