#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "tests/support/disk_model.h"

struct sqlite3_vfs;

namespace hoopoe::tests {

// A disk under SQLite that can lose its power and fail. It works on real files, in a directory of the test's,
// and remembers what of them has been synced. Any thread.
// Requires: no database is open on it when it is destroyed.
class FaultDisk {
 public:
  explicit FaultDisk(std::int64_t sector_bytes = 512, std::uint64_t seed = 1);
  ~FaultDisk();
  FaultDisk(const FaultDisk&) = delete;
  FaultDisk& operator=(const FaultDisk&) = delete;

  // The name to open a database with.
  const std::string& vfs() const;

  // Writes into `copy` what could be left of the directory if the power went now. The disk goes on.
  void power_cut(const std::filesystem::path& directory, const std::filesystem::path& copy);

  // How many calls so far would change the disk: write, sync, truncate, create, remove, grow shared memory.
  std::int64_t calls() const;
  // From the n-th such call from now (1: the next one) on, `count` calls fail.
  void fail(Fault fault, std::int64_t n, std::int64_t count = INT64_MAX);
  void repair();
  // How many calls have failed since fail().
  std::int64_t failed() const;

  struct State;

 private:
  std::unique_ptr<State> state_;
  std::unique_ptr<sqlite3_vfs> vfs_;
};

}  // namespace hoopoe::tests
