#include "store/sql/write_in_steps.h"

#include <type_traits>

#include "base/ensure.h"

namespace hoopoe::store::sql {

namespace {

// A few hundred pages, which a disk has written in some milliseconds.
constexpr int step_bytes = 512 << 10;

}  // namespace

void WriteInSteps::apply_to(sqlite3* connection) {
  static_assert(std::is_standard_layout_v<WriteInSteps>);
  sqlite3_file* file = nullptr;
  const int code =
      sqlite3_file_control(connection, "main", SQLITE_FCNTL_FILE_POINTER, static_cast<void*>(&file));
  ensure(code == SQLITE_OK && file != nullptr && file->pMethods != nullptr,
         "an open connection has its file");
  own_ = file->pMethods;
  methods_ = *own_;
  methods_.xWrite = &write;
  file->pMethods = &methods_;
}

int WriteInSteps::write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) {
  // The file's methods are ours, and so the first member of what holds them.
  auto& self = *reinterpret_cast<WriteInSteps*>(const_cast<sqlite3_io_methods*>(file->pMethods));
  const int code = self.own_->xWrite(file, bytes, size, at);
  if (code != SQLITE_OK) return code;
  self.unsynced_bytes_ += size;
  if (self.unsynced_bytes_ < step_bytes) return SQLITE_OK;
  self.unsynced_bytes_ = 0;
  return self.own_->xSync(file, SQLITE_SYNC_NORMAL);
}

}  // namespace hoopoe::store::sql
