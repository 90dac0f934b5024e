#pragma once

#include <filesystem>
#include <stdexcept>

#include "base/descriptor.h"

namespace hoopoe::store::sql {

// Why the store can't be opened, in words for the operator.
struct OpenError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Makes the directory (mode 0700) if it is not there, and keeps it for this process: two servers on the same
// data would each believe to be the only writer. Throws OpenError, which says who holds it. The file "lock"
// stays: removing it would let a third process lock a new one while a second waits for this one.
class DataLock {
 public:
  explicit DataLock(const std::filesystem::path& directory);

 private:
  const Descriptor lock_;
};

// Makes an empty file (mode 0600) if there is none, and its name durable: the engine syncs what is in a file,
// but not the directory that lists it.
void make_private_file(const std::filesystem::path& file);

}  // namespace hoopoe::store::sql
