#include "store/sql/gathered_log.h"

#include "base/ensure.h"

namespace hoopoe::store::sql {

namespace {

// The unix VFS of SQLite writes less than 128 KiB at once.
constexpr std::size_t gathered_max = 64 << 10;

}  // namespace

void GatheredLog::apply_to(sqlite3* connection) {
  take_over(connection, Which::log);
  // Without it SQLite fills up the sector, and writes on after the sync.
  sqlite3_file* const database = file_of(connection, Which::database);
  ensure((database->pMethods->xDeviceCharacteristics(database) & SQLITE_IOCAP_POWERSAFE_OVERWRITE) != 0,
         "a write to this disk leaves the bytes beside it alone");
  forget();
  gathered_.reserve(gathered_max);
  methods().xWrite = &write;
  // Whatever is asked of the file finds it written.
  methods().xRead = &once_written<&sqlite3_io_methods::xRead>;
  methods().xTruncate = &once_written<&sqlite3_io_methods::xTruncate>;
  methods().xFileSize = &once_written<&sqlite3_io_methods::xFileSize>;
  methods().xSync = &once_written<&sqlite3_io_methods::xSync>;
}

template <auto Method, class... Args>
int GatheredLog::once_written(sqlite3_file* file, Args... args) {
  auto& self = of<GatheredLog>(file);
  const int code = self.write_gathered(file);
  return code == SQLITE_OK ? (self.own().*Method)(file, args...) : code;
}

int GatheredLog::write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) {
  auto& self = of<GatheredLog>(file);
  const auto gathered = static_cast<sqlite3_int64>(self.gathered_.size());
  if (at != self.at_ + gathered || self.gathered_.size() + static_cast<std::size_t>(size) > gathered_max) {
    if (const int code = self.write_gathered(file); code != SQLITE_OK) return code;
    self.at_ = at;
  }
  const auto* first = static_cast<const char*>(bytes);
  self.gathered_.insert(self.gathered_.end(), first, first + size);
  return SQLITE_OK;
}

int GatheredLog::write_gathered(sqlite3_file* file) {
  if (gathered_.empty()) return SQLITE_OK;
  const int code = own().xWrite(file, gathered_.data(), static_cast<int>(gathered_.size()), at_);
  gathered_.clear();
  return code;
}

}  // namespace hoopoe::store::sql
