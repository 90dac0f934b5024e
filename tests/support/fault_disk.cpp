#include "tests/support/fault_disk.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <mutex>

#include <sqlite3.h>

namespace hoopoe::tests {

struct FaultDisk::State {
  std::string name;
  sqlite3_vfs* real = nullptr;
  std::mutex mutex;
  DiskModel model;
  std::mt19937_64 random;
  std::int64_t calls = 0;
  std::int64_t failed = 0;
  Fault fault = Fault::disk_full;
  std::int64_t fail_from = INT64_MAX;
  std::int64_t fail_count = 0;

  // Counts a call; true if it is to fail. Requires: the mutex is held.
  bool fails() {
    ++calls;
    const bool fails = calls >= fail_from && calls - fail_from < fail_count;
    failed += static_cast<std::int64_t>(fails);
    return fails;
  }
};

namespace {

using State = FaultDisk::State;

// A file of ours; the real one follows it in memory.
struct File {
  sqlite3_file base;
  State* disk;
  const char* path;
};

File& ours(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
sqlite3_file* real(sqlite3_file* file) { return reinterpret_cast<sqlite3_file*>(&ours(file) + 1); }
const sqlite3_io_methods& methods(sqlite3_file* file) { return *real(file)->pMethods; }
State& disk(sqlite3_vfs* vfs) { return *static_cast<State*>(vfs->pAppData); }

std::int64_t size_of(sqlite3_file* file) {
  sqlite3_int64 size = 0;
  methods(file).xFileSize(real(file), &size);
  return size;
}

DiskModel::ReadOld reader(sqlite3_file* file) {
  return [file](std::int64_t offset, std::int64_t size) {
    // A short read is filled with zeros.
    std::vector<std::byte> bytes(static_cast<std::size_t>(size));
    methods(file).xRead(real(file), bytes.data(), static_cast<int>(size), offset);
    return bytes;
  };
}

// A temporary file has no name, and nobody asks for it after a power cut.
bool is_tracked(sqlite3_file* file) { return ours(file).path != nullptr; }

int close_file(sqlite3_file* file) { return methods(file).xClose(real(file)); }

int read_file(sqlite3_file* file, void* bytes, int size, sqlite3_int64 offset) {
  return methods(file).xRead(real(file), bytes, size, offset);
}

int write_file(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
  State& state = *ours(file).disk;
  const std::scoped_lock lock(state.mutex);
  const bool fails = state.fails();
  // Half of it is on the disk when the other half finds no room.
  const int written = fails ? size / 2 : size;
  if (is_tracked(file)) {
    state.model.before_write(ours(file).path, offset, written, size_of(file), reader(file));
  }
  const int code = methods(file).xWrite(real(file), bytes, written, offset);
  if (!fails) return code;
  return state.fault == Fault::disk_full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  State& state = *ours(file).disk;
  const std::scoped_lock lock(state.mutex);
  if (state.fails() && state.fault == Fault::io_error) return SQLITE_IOERR_TRUNCATE;
  if (is_tracked(file)) state.model.before_truncate(ours(file).path, size, size_of(file), reader(file));
  return methods(file).xTruncate(real(file), size);
}

int sync_file(sqlite3_file* file, int /*flags*/) {
  State& state = *ours(file).disk;
  const std::scoped_lock lock(state.mutex);
  const bool fails = state.fails();
  if (is_tracked(file)) {
    if (fails) {
      state.model.sync_failed(ours(file).path, state.random);
    } else {
      state.model.synced(ours(file).path, size_of(file));
    }
  }
  // The model says what is safe; really waiting for the disk would only make the test slow.
  return fails ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) { return methods(file).xFileSize(real(file), size); }
int lock_file(sqlite3_file* file, int level) { return methods(file).xLock(real(file), level); }
int unlock_file(sqlite3_file* file, int level) { return methods(file).xUnlock(real(file), level); }
int check_lock(sqlite3_file* file, int* held) { return methods(file).xCheckReservedLock(real(file), held); }
int sector_size(sqlite3_file* file) { return methods(file).xSectorSize(real(file)); }
int characteristics(sqlite3_file* file) { return methods(file).xDeviceCharacteristics(real(file)); }

int control_file(sqlite3_file* file, int operation, void* argument) {
  // Both would change the file past us: by mapped pages, and by growing it.
  if (operation == SQLITE_FCNTL_MMAP_SIZE) return SQLITE_NOTFOUND;
  if (operation == SQLITE_FCNTL_SIZE_HINT) return SQLITE_OK;
  return methods(file).xFileControl(real(file), operation, argument);
}

int map_shared(sqlite3_file* file, int region, int size, int extend, void volatile** memory) {
  State& state = *ours(file).disk;
  if (extend != 0) {
    const std::scoped_lock lock(state.mutex);
    if (state.fails()) return SQLITE_IOERR_SHMSIZE;
  }
  return methods(file).xShmMap(real(file), region, size, extend, memory);
}

int lock_shared(sqlite3_file* file, int offset, int count, int flags) {
  return methods(file).xShmLock(real(file), offset, count, flags);
}
void shared_barrier(sqlite3_file* file) { methods(file).xShmBarrier(real(file)); }
int unmap_shared(sqlite3_file* file, int remove) { return methods(file).xShmUnmap(real(file), remove); }

// Version 2: shared memory, but no mapped pages.
constexpr sqlite3_io_methods io_methods = {
    2,           close_file,     read_file,    write_file,   truncate_file, sync_file,       file_size,
    lock_file,   unlock_file,    check_lock,   control_file, sector_size,   characteristics, map_shared,
    lock_shared, shared_barrier, unmap_shared, nullptr,      nullptr};

int open_file(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* flags_out) {
  State& state = disk(vfs);
  const std::scoped_lock lock(state.mutex);
  std::memset(file, 0, static_cast<std::size_t>(vfs->szOsFile));
  int exists = 1;
  if (path != nullptr) state.real->xAccess(state.real, path, SQLITE_ACCESS_EXISTS, &exists);
  const bool creates = exists == 0 && (flags & SQLITE_OPEN_CREATE) != 0;
  if (creates && state.fails()) return state.fault == Fault::disk_full ? SQLITE_FULL : SQLITE_CANTOPEN;
  ours(file).disk = &state;
  ours(file).path = path;
  const int code = state.real->xOpen(state.real, path, real(file), flags, flags_out);
  if (code == SQLITE_OK && creates) state.model.created(path);
  // Without methods SQLite does not close what failed to open.
  if (real(file)->pMethods != nullptr) file->pMethods = &io_methods;
  return code;
}

int remove_file(sqlite3_vfs* vfs, const char* path, int sync_directory) {
  State& state = disk(vfs);
  const std::scoped_lock lock(state.mutex);
  if (state.fails()) return SQLITE_IOERR_DELETE;
  state.model.before_remove(path);
  return state.real->xDelete(state.real, path, sync_directory);
}

int access_file(sqlite3_vfs* vfs, const char* path, int flags, int* result) {
  return disk(vfs).real->xAccess(disk(vfs).real, path, flags, result);
}
int full_path(sqlite3_vfs* vfs, const char* path, int size, char* full) {
  return disk(vfs).real->xFullPathname(disk(vfs).real, path, size, full);
}

}  // namespace

FaultDisk::FaultDisk(std::int64_t sector_bytes, std::uint64_t seed)
    : state_(new State{.model = DiskModel(sector_bytes), .random = std::mt19937_64(seed)}) {
  static std::atomic<int> disks = 0;
  state_->name = "fault-disk-" + std::to_string(++disks);
  state_->real = sqlite3_vfs_find("unix");
  // Time, randomness and errors stay those of the real one.
  vfs_ = std::make_unique<sqlite3_vfs>(*state_->real);
  vfs_->pNext = nullptr;
  vfs_->zName = state_->name.c_str();
  vfs_->szOsFile = static_cast<int>(sizeof(File)) + state_->real->szOsFile;
  vfs_->pAppData = state_.get();
  vfs_->xOpen = open_file;
  vfs_->xDelete = remove_file;
  vfs_->xAccess = access_file;
  vfs_->xFullPathname = full_path;
  sqlite3_vfs_register(vfs_.get(), 0);
}

FaultDisk::~FaultDisk() { sqlite3_vfs_unregister(vfs_.get()); }

const std::string& FaultDisk::vfs() const { return state_->name; }

void FaultDisk::power_cut(const std::filesystem::path& directory, const std::filesystem::path& copy) {
  const std::scoped_lock lock(state_->mutex);
  state_->model.power_cut(directory, copy, state_->random);
}

std::int64_t FaultDisk::calls() const {
  const std::scoped_lock lock(state_->mutex);
  return state_->calls;
}

void FaultDisk::fail(Fault fault, std::int64_t n, std::int64_t count) {
  const std::scoped_lock lock(state_->mutex);
  state_->fault = fault;
  state_->fail_from = state_->calls + n;
  state_->fail_count = count;
  state_->failed = 0;
}

void FaultDisk::repair() {
  const std::scoped_lock lock(state_->mutex);
  state_->fail_from = INT64_MAX;
}

std::int64_t FaultDisk::failed() const {
  const std::scoped_lock lock(state_->mutex);
  return state_->failed;
}

}  // namespace hoopoe::tests
