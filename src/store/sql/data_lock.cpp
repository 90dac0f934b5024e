#include "store/sql/data_lock.h"

#include <array>
#include <cerrno>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hoopoe::store::sql {

namespace {

namespace fs = std::filesystem;

constexpr const char* lock_file = "lock";

[[noreturn]] void fail(const char* what, const fs::path& path) {
  throw OpenError(
      fmt::format("cannot {} {}: {}", what, path.string(), std::system_category().message(errno)));
}

void sync_directory(const fs::path& directory) {
  const Descriptor opened(open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.number() < 0 || fsync(opened.number()) != 0) fail("sync", directory);
}

fs::path parent_of(const fs::path& path) { return fs::absolute(path).lexically_normal().parent_path(); }

std::string first_line(int descriptor) {
  std::array<char, 64> text{};
  const ssize_t count = pread(descriptor, text.data(), text.size(), 0);
  const std::string line(text.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
  return line.substr(0, line.find('\n'));
}

// The file, which is made where it is not there, and the directory likewise.
int open_lock(const fs::path& directory) {
  if (mkdir(directory.c_str(), 0700) == 0) {
    sync_directory(parent_of(directory / "."));
  } else if (errno != EEXIST) {
    fail("make the directory", directory);
  }
  const fs::path file = directory / lock_file;
  const int descriptor = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) fail("open", file);
  return descriptor;
}

}  // namespace

DataLock::DataLock(const fs::path& directory) : lock_(open_lock(directory)) {
  if (flock(lock_.number(), LOCK_EX | LOCK_NB) != 0) {
    throw OpenError(fmt::format("{} is in use by process {}: only one may open it", directory.string(),
                                first_line(lock_.number())));
  }
  const std::string line = fmt::format("{}\n", getpid());
  const auto size = static_cast<ssize_t>(line.size());
  // Only for the words above: the lock is the file's, not its content.
  if (ftruncate(lock_.number(), 0) != 0 || pwrite(lock_.number(), line.data(), line.size(), 0) != size) {
    fail("write", directory / lock_file);
  }
}

void make_private_file(const fs::path& file) {
  {
    const Descriptor opened(open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (opened.number() < 0) fail("make", file);
  }
  sync_directory(parent_of(file));
}

}  // namespace hoopoe::store::sql
