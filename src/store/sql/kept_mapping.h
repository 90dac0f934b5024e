#pragma once

#include <chrono>

#include "store/sql/file_methods.h"

namespace hoopoe::store::sql {

// Keeps a reader's database file mapped from one commit to the next. SQLite maps it anew after each, since on
// some systems a mapping is wrong once another process has cut the file and let it grow again; on Linux a
// shared mapping always shows what the file holds (mmap(2)). Taking it down and finding each page again was
// a third of what a reader costs beside a writer.
class KeptMapping : public FileMethods {
 public:
  void apply_to(sqlite3* connection);

 private:
  static int unfetch(sqlite3_file* file, sqlite3_int64 at, void* page);

  std::chrono::steady_clock::time_point mapped_;
};

}  // namespace hoopoe::store::sql
