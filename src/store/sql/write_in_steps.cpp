#include "store/sql/write_in_steps.h"

namespace hoopoe::store::sql {

namespace {

// A few hundred pages, which a disk has written in some milliseconds.
constexpr int step_bytes = 512 << 10;

}  // namespace

void WriteInSteps::apply_to(sqlite3* connection) {
  take_over(connection, Which::database);
  methods().xWrite = &write;
}

int WriteInSteps::write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) {
  auto& self = of<WriteInSteps>(file);
  const int code = self.own().xWrite(file, bytes, size, at);
  if (code != SQLITE_OK) return code;
  self.unsynced_bytes_ += size;
  if (self.unsynced_bytes_ < step_bytes) return SQLITE_OK;
  self.unsynced_bytes_ = 0;
  return self.own().xSync(file, SQLITE_SYNC_NORMAL);
}

}  // namespace hoopoe::store::sql
